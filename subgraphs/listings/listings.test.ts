import { newId } from '#platform/new-id.ts';
import { malformedStrings, unexpectedErrors } from '../../test/edge-case-strings.ts';
import { testSubgraph, viewer } from '../../test/subgraph.ts';
import { type TestTable, testTable } from '../../test/test-table.ts';
import { contextFactory } from './context.ts';
import { ListingStore } from './listing-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { subscriptions } from './subscriptions.ts';

const now = () => new Date('2026-05-01T12:00:00Z');
const host = viewer('host1', 'host');
let table: TestTable;
let ask: ReturnType<typeof testSubgraph>;

beforeEach(async () => {
  table = await testTable('listings');
  const listings = new ListingStore(table.client, table.name);
  ask = testSubgraph({ typeDefs, resolvers, subscriptions, context: contextFactory({ listings, now, newId }) });
});

const input = {
  title: 'Quiet loft',
  description: 'By the park.',
  roomType: 'ENTIRE_HOME',
  borough: 'Queens',
  neighbourhood: 'Astoria',
  location: { latitude: 40.77, longitude: -73.93 },
  nightlyPrice: { amount: 12_500 },
};
const UPDATE = `mutation ($id: ID!, $input: UpdateListingInput!) {
  updateListing(id: $id, input: $input) { __typename ... on Listing { title description nightlyPrice { amount } } ... on ListingInvalid { field } }
}`;
const CLOSE = 'mutation ($id: ID!) { closeListing(id: $id) { __typename ... on Listing { status } } }';

async function createListing(): Promise<string> {
  const create = 'mutation ($input: CreateListingInput!) { createListing(input: $input) { ... on Listing { id } } }';
  return (await ask(create, { input }, host)).data.createListing.id;
}

test('changes of a listing are published in order, each with the data as of the change', async () => {
  const id = await createListing();
  await ask(UPDATE, { id, input: { nightlyPrice: { amount: 9_900 } } }, host);
  await ask(CLOSE, { id }, host);
  await ask(CLOSE, { id }, host);
  const events = await table.newEvents();
  expect(events.map(({ type, version, entityId }) => ({ type, version, entityId }))).toEqual([
    { type: 'ListingOffered', version: 1, entityId: id },
    { type: 'ListingUpdated', version: 2, entityId: id },
    { type: 'ListingClosed', version: 3, entityId: id },
  ]);
  expect(events[2]).toMatchObject({
    source: 'listings',
    requestId: 'test',
    data: {
      listingId: id,
      hostId: 'host1',
      title: 'Quiet loft',
      status: 'CLOSED',
      nightlyPrice: { amount: 9_900, currency: 'USD' },
      minimumNights: 1,
    },
  });
});

test('concurrent changes of one listing are all saved', async () => {
  const id = await createListing();
  const changes = [{ title: 'Quieter loft' }, { description: 'At the park.' }, { nightlyPrice: { amount: 100 } }];
  const answers = await Promise.all(changes.map((change) => ask(UPDATE, { id, input: change }, host)));
  for (const { data } of answers) expect(data.updateListing.__typename).toBe('Listing');
  const { data } = await ask('query ($id: ID) { listing(id: $id) { title description nightlyPrice { amount } } }', {
    id,
  });
  expect(data.listing).toEqual({
    title: 'Quieter loft',
    description: 'At the park.',
    nightlyPrice: { amount: 100 },
  });
  expect((await table.newEvents()).map(({ version }) => version)).toEqual([1, 2, 3, 4]);
});

test('a change that keeps conflicting returns ListingBusy and writes nothing', async () => {
  const id = await createListing();
  const many = await Promise.all(
    Array.from({ length: 40 }, (_, i) => ask(UPDATE, { id, input: { title: `Title ${i}` } }, host)),
  );
  const saved = many.filter(({ data }) => data.updateListing.__typename === 'Listing');
  const busy = many.filter(({ data }) => data.updateListing.__typename === 'ListingBusy');
  expect(saved.length + busy.length).toBe(40);
  expect(await table.newEvents()).toHaveLength(1 + saved.length);
});

test('only its own host can change or close a listing', async () => {
  const id = await createListing();
  for (const other of [viewer('host2', 'host'), viewer('guest1')]) {
    expect((await ask(UPDATE, { id, input: { title: 'Mine' } }, other)).data.updateListing.__typename).toBe(
      'NotYourListing',
    );
    expect((await ask(CLOSE, { id }, other)).data.closeListing.__typename).toBe('NotYourListing');
  }
  expect(await table.newEvents()).toHaveLength(1);
});

test('an invalid change is refused and not published', async () => {
  const id = await createListing();
  const { data } = await ask(UPDATE, { id, input: { minimumNights: 0 } }, host);
  expect(data.updateListing).toEqual({ __typename: 'ListingInvalid', field: 'minimumNights' });
  expect(await table.newEvents()).toHaveLength(1);
});

test('an import publishes only the listings that it added', async () => {
  const IMPORT = 'mutation ($rows: [ImportedListing!]!) { importListings(listings: $rows) { imported existing } }';
  const row = (i: number) => ({
    ...input,
    id: `l${i}`,
    hostId: 'host1',
    minimumNights: 1,
    listedAt: '2019-01-01T00:00:00Z',
  });
  const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i));
  expect((await ask(IMPORT, { rows: rows(0, 150) })).data.importListings).toEqual({ imported: 150, existing: 0 });
  expect((await ask(IMPORT, { rows: rows(100, 250) })).data.importListings).toEqual({ imported: 100, existing: 50 });
  const events = await table.newEvents();
  const published = events.flatMap(
    ({ data }) => (data as { listings: { listingId: string; version: number }[] }).listings,
  );
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['ListingsImported']));
  expect(published).toHaveLength(250);
  expect(new Set(published.map(({ listingId }) => listingId)).size).toBe(250);
  expect(published.every(({ version }) => version === 1)).toBe(true);
});

test('a title with line breaks is imported as one line, and rejected from a host', async () => {
  const IMPORT =
    'mutation ($rows: [ImportedListing!]!) { importListings(listings: $rows) { imported rejected { reason } } }';
  const more = { minimumNights: 1, listedAt: '2026-05-01T00:00:00Z', hostId: 'host1' };
  const rows = [{ ...input, ...more, id: '1', title: 'Private Apartment\nNr Beach' }];
  expect((await ask(IMPORT, { rows })).data.importListings).toEqual({ imported: 1, rejected: [] });
  expect((await ask('{ listing(id: "1") { title } }')).data.listing).toEqual({ title: 'Private Apartment Nr Beach' });
  const { data } = await ask(UPDATE, { id: '1', input: { title: 'a\nb' } }, host);
  expect(data.updateListing).toEqual({ __typename: 'ListingInvalid', field: 'title' });
});

test('no client text causes an internal error', async () => {
  expect(await unexpectedErrors(typeDefs, (query, variables) => ask(query, variables, host))).toEqual([]);
  expect(malformedStrings(await table.items())).toEqual([]);
});

test('a change of a listing is seen by everybody who follows it', async () => {
  const id = await createListing();
  const changed = 'subscription ($id: ID!) { listingChanged(id: $id) { title status } }';
  expect(await ask.start(changed, { id })).toEqual({ topic: id, errors: undefined });
  expect((await ask.start(changed, { id: 'none' })).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  await ask(CLOSE, { id }, host);
  const event = (await table.newEvents()).at(-1);
  if (!event) throw new Error('The listing has no event');
  const { data } = await ask.onEvent(event, changed, { id });
  expect(data).toEqual({ listingChanged: { title: 'Quiet loft', status: 'CLOSED' } });
});
