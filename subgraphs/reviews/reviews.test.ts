import { newId } from '#platform/new-id.ts';
import { bookingCancelled, bookingConfirmed } from '../../sample/test/published-events.ts';
import { malformedStrings, unexpectedErrors } from '../../test/edge-case-strings.ts';
import { testSubgraph, viewer } from '../../test/subgraph.ts';
import { consumedBy, testConsumer } from '../../test/test-consumer.ts';
import { type TestTable, testTable } from '../../test/test-table.ts';
import { contextFactory } from './context.ts';
import { copyStays } from './copy-stays.ts';
import { resolvers } from './resolvers/index.ts';
import { ReviewStore } from './review-store.ts';
import typeDefs from './schema.graphql';
import config from './subgraph.config.ts';

const ada = viewer('ada');
const hana = viewer('hana', 'host');
let today = '2026-05-10';
let table: TestTable;
let reviews: ReviewStore;
let ask: ReturnType<typeof testSubgraph>;
let deliver: ReturnType<typeof testConsumer>;

beforeEach(async () => {
  today = '2026-05-10';
  table = await testTable('reviews');
  reviews = new ReviewStore(table.client, table.name);
  const now = () => new Date(`${today}T12:00:00Z`);
  ask = testSubgraph({ typeDefs, resolvers, context: contextFactory({ reviews, now, newId }) });
  deliver = testConsumer(copyStays(reviews));
});

const WRITE = `mutation ($subject: ReviewSubjectType!, $rating: Int! = 4, $text: String! = "Fine.", $bookingId: ID! = "b1") {
  writeReview(input: { bookingId: $bookingId, subject: $subject, rating: $rating, text: $text }) {
    __typename
    ... on Review { id rating author { __typename id } subject { __typename ... on Listing { id } ... on Host { id } ... on Guest { id } } writtenAt }
    ... on AlreadyReviewed { review { rating } }
    ... on ReviewInvalid { field }
  }
}`;
const SUMS = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Listing { overallRating reviewCount } ... on Host { overallRating reviewCount } ... on Guest { overallRating reviewCount }
} }`;

const typeOf = async (variables: Record<string, unknown>, as = ada) =>
  (await ask(WRITE, variables, as)).data.writeReview.__typename;

async function ratingOf(__typename: string, id: string) {
  return (await ask(SUMS, { of: [{ __typename, id }] })).data._entities[0];
}

test('a guest reviews the listing and the host, the host reviews the guest, and the reviews are published', async () => {
  await deliver(bookingConfirmed());
  const ofListing = await ask(WRITE, { subject: 'LISTING', rating: 5 }, ada);
  expect(ofListing.data.writeReview).toEqual({
    __typename: 'Review',
    id: 'b1-listing',
    rating: 5,
    author: { __typename: 'Guest', id: 'ada' },
    subject: { __typename: 'Listing', id: 'loft' },
    writtenAt: '2026-05-10T12:00:00.000Z',
  });
  expect(await typeOf({ subject: 'HOST', rating: 3 })).toBe('Review');
  const ofGuest = await ask(WRITE, { subject: 'GUEST', rating: 1 }, hana);
  expect(ofGuest.data.writeReview).toMatchObject({
    author: { __typename: 'Host', id: 'hana' },
    subject: { __typename: 'Guest', id: 'ada' },
  });
  expect(await ratingOf('Listing', 'loft')).toEqual({ overallRating: 5, reviewCount: 1 });
  expect(await ratingOf('Host', 'hana')).toEqual({ overallRating: 3, reviewCount: 1 });
  expect(await ratingOf('Guest', 'ada')).toEqual({ overallRating: 1, reviewCount: 1 });
  const events = await table.newEvents();
  expect(events.map(({ type, entityId, version }) => [type, entityId, version]).sort()).toEqual([
    ['ReviewWritten', 'b1-guest', 1],
    ['ReviewWritten', 'b1-host', 1],
    ['ReviewWritten', 'b1-listing', 1],
  ]);
  expect(events.find(({ entityId }) => entityId === 'b1-guest')?.data).toEqual({
    reviewId: 'b1-guest',
    bookingId: 'b1',
    subject: { type: 'GUEST', id: 'ada' },
    authorId: 'hana',
    rating: 1,
  });
});

test('concurrent requests write a review once, and each response returns it', async () => {
  await deliver(bookingConfirmed());
  const answers = await Promise.all([1, 2, 3, 4, 5].map((rating) => ask(WRITE, { subject: 'LISTING', rating }, ada)));
  const results = answers.map(({ data }) => data.writeReview);
  const [written, ...others] = results.filter(({ __typename }) => __typename === 'Review');
  expect(others).toEqual([]);
  const refused = results.filter(({ __typename }) => __typename === 'AlreadyReviewed');
  expect(refused).toHaveLength(4);
  for (const { review } of refused) expect(review).toEqual({ rating: written.rating });
  expect(await ratingOf('Listing', 'loft')).toEqual({ overallRating: written.rating, reviewCount: 1 });
  expect(await table.newEvents()).toHaveLength(1);
});

test('a review is written once if it is sent again after a lost response', async () => {
  await deliver(bookingConfirmed());
  table.failTransactions('after', new Error('the connection broke'));
  expect((await ask(WRITE, { subject: 'LISTING' }, ada)).errors?.[0]?.message).toBe('Internal server error');
  expect(await typeOf({ subject: 'LISTING' })).toBe('AlreadyReviewed');
  expect(await ratingOf('Listing', 'loft')).toEqual({ overallRating: 4, reviewCount: 1 });
});

test('strangers, the other side, and guests of an unknown stay cannot review', async () => {
  await deliver(bookingConfirmed());
  for (const subject of ['LISTING', 'HOST', 'GUEST']) {
    expect(await typeOf({ subject }, viewer('bob'))).toBe('NotYourStay');
    expect(await typeOf({ subject }, viewer('other', 'host'))).toBe('NotYourStay');
    for (const bookingId of ['b2', '', 'x'.repeat(3_000)]) {
      expect(await typeOf({ subject, bookingId })).toBe('NotYourStay');
    }
  }
  expect(await typeOf({ subject: 'LISTING' }, hana)).toBe('NotYourStay');
  expect(await typeOf({ subject: 'HOST' }, hana)).toBe('NotYourStay');
  expect(await typeOf({ subject: 'GUEST' }, ada)).toBe('NotYourStay');
  const { errors } = await ask(WRITE, { subject: 'LISTING' });
  expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  expect(await table.newEvents()).toEqual([]);
});

test('a stay can be reviewed from its check-out day', async () => {
  await deliver(bookingConfirmed());
  today = '2026-05-03';
  expect(await typeOf({ subject: 'LISTING' })).toBe('StayNotOver');
  today = '2026-05-04';
  expect(await typeOf({ subject: 'LISTING' })).toBe('Review');
});

test.each([
  ['in order', () => [bookingConfirmed(), bookingCancelled()]],
  ['in reverse order', () => [bookingCancelled(), bookingConfirmed()]],
  ['each twice', () => [bookingConfirmed(), bookingCancelled(), bookingConfirmed(), bookingCancelled()]],
])('a cancelled stay cannot be reviewed, with events %s', async (_, events) => {
  await deliver(...events());
  expect(await typeOf({ subject: 'LISTING' })).toBe('StayCancelled');
});

test('a stay that changes between the read and the write is read again', async () => {
  await deliver(bookingConfirmed());
  const before = await reviews.stay('b1');
  await deliver(bookingCancelled());
  const stay = reviews.stay.bind(reviews);
  reviews.stay = async (bookingId) => {
    reviews.stay = stay;
    return bookingId === 'b1' ? before : undefined;
  };
  expect(await typeOf({ subject: 'LISTING' })).toBe('StayCancelled');
  expect(await ratingOf('Listing', 'loft')).toEqual({ overallRating: null, reviewCount: 0 });
});

test('the rules deliver exactly the handled events', () => {
  expect(consumedBy(copyStays(reviews))).toEqual(config.consumes);
});

test('an invalid event is refused and changes nothing', async () => {
  const broken = { ...bookingConfirmed(), data: { bookingId: 'b1' } };
  await expect(deliver(broken)).rejects.toThrow('BookingConfirmed');
  expect(await table.items()).toEqual([]);
});

test.each([
  [{ rating: 0 }, 'rating'],
  [{ rating: 6 }, 'rating'],
  [{ text: ' ' }, 'text'],
  [{ text: 'x'.repeat(4_001) }, 'text'],
])('a review with %j has an invalid %s', async (variables, field) => {
  await deliver(bookingConfirmed());
  const { data } = await ask(WRITE, { subject: 'LISTING', ...variables }, ada);
  expect(data.writeReview).toEqual({ __typename: 'ReviewInvalid', field });
});

test('a booking has its reviews, one per subject', async () => {
  await deliver(bookingConfirmed());
  await ask(WRITE, { subject: 'LISTING', text: 'Lovely.' }, ada);
  await ask(WRITE, { subject: 'GUEST', text: 'Tidy.' }, hana);
  const { data } = await ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Booking {
      guestReview { text } hostReview { text } listingReview { text } locationReview { text }
    } } }`,
    { of: [{ __typename: 'Booking', id: 'b1' }] },
  );
  expect(data._entities[0]).toEqual({
    guestReview: { text: 'Tidy.' },
    hostReview: null,
    listingReview: { text: 'Lovely.' },
    locationReview: { text: 'Lovely.' },
  });
});

describe('an import', () => {
  const IMPORT = `mutation ($rows: [ImportedReview!]!) {
    importReviews(reviews: $rows) { imported existing rejected { row reason } }
  }`;
  const row = (n: number, rating = (n % 5) + 1) => ({
    bookingId: `old${n}`,
    subject: 'LISTING',
    subjectId: 'loft',
    authorId: `guest${n}`,
    rating,
    text: `Stay ${n}`,
    writtenAt: new Date(Date.UTC(2020, 0, 1) + n * 1_000).toISOString().replace('Z', n % 2 ? 'Z' : '+00:00'),
  });

  test('adds each review once, counts it, and publishes only what it added', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => row(n));
    const first = await ask(IMPORT, { rows: rows.slice(0, 70) });
    expect(first.data.importReviews).toEqual({ imported: 70, existing: 0, rejected: [] });
    await table.newEvents();
    const second = await ask(IMPORT, { rows: [...rows, row(200, 9)] });
    expect(second.data.importReviews).toEqual({
      imported: 50,
      existing: 70,
      rejected: [{ row: 120, reason: 'The rating must be 1 to 5.' }],
    });
    expect(await ratingOf('Listing', 'loft')).toEqual({ overallRating: 3, reviewCount: 120 });
    const published = (await table.newEvents()).flatMap(
      ({ data }) => (data as { reviews: { reviewId: string }[] }).reviews,
    );
    expect(published.map(({ reviewId }) => reviewId).sort()).toEqual(
      rows
        .slice(70)
        .map(({ bookingId }) => `${bookingId}-listing`)
        .sort(),
    );
  });

  test('of 119 reviews can be read newest first, in full pages', async () => {
    await ask(IMPORT, { rows: Array.from({ length: 119 }, (_, n) => row(n)) });
    const query = `query ($of: [_Any!]!, $after: String) { _entities(representations: $of) { ... on Listing {
      reviews(first: 40, after: $after) { edges { node { text } } pageInfo { hasNextPage endCursor } }
    } } }`;
    const texts: string[] = [];
    const sizes: number[] = [];
    let after: string | null = null;
    do {
      const { data } = await ask(query, { of: [{ __typename: 'Listing', id: 'loft' }], after });
      const { edges, pageInfo } = data._entities[0].reviews;
      texts.push(...edges.map(({ node }: { node: { text: string } }) => node.text));
      sizes.push(edges.length);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(sizes).toEqual([40, 40, 39]);
    expect(texts).toEqual(Array.from({ length: 119 }, (_, n) => `Stay ${118 - n}`));
  });
});

test('no client text causes an internal error', async () => {
  expect(await unexpectedErrors(typeDefs, (query, variables) => ask(query, variables, ada))).toEqual([]);
  expect(malformedStrings(await table.items())).toEqual([]);
});
