import { malformedStrings, unexpectedErrors } from '../../test/edge-case-strings.ts';
import { testSubgraph, viewer } from '../../test/subgraph.ts';
import { consumedBy, testConsumer } from '../../test/test-consumer.ts';
import { type TestTable, testTable } from '../../test/test-table.ts';
import { bookingEvents } from '../bookings/events.ts';
import { listingEvents } from '../listings/events.ts';
import { contextFactory } from './context.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { signUpUsers } from './sign-up-users.ts';
import config from './subgraph.config.ts';
import { UserStore } from './user-store.ts';

const now = () => new Date('2026-05-01T12:00:00Z');
const ada = { ...viewer('ada'), name: 'Ada', email: 'ada@example.com' };

let table: TestTable;
let ask: ReturnType<typeof testSubgraph>;
let deliver: ReturnType<typeof testConsumer>;

beforeEach(async () => {
  table = await testTable('accounts');
  const users = new UserStore(table.client, table.name);
  ask = testSubgraph({ typeDefs, resolvers, context: contextFactory({ users, now }) });
  deliver = testConsumer(...signUpUsers(users));
});

test('no client text causes an internal error', async () => {
  expect(await unexpectedErrors(typeDefs, (query, variables) => ask(query, variables, ada))).toEqual([]);
  expect(malformedStrings(await table.items())).toEqual([]);
});

test.each(['', ' ', 'x'.repeat(101), 'a\0b'])('the invalid name %j of a token is not used', async (name) => {
  expect((await ask('{ me { name } }', {}, { ...ada, name })).data.me).toEqual({ name: 'New user' });
});

test.each([
  ['name', 'a\0b'],
  ['about', 'a\u001b[31m'],
])('a profile whose %s has control characters is not saved', async (field, text) => {
  const UPDATE = `mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) { __typename ... on ProfileInvalid { field } }
  }`;
  const { data } = await ask(UPDATE, { input: { [field]: text } }, ada);
  expect(data.updateProfile).toEqual({ __typename: 'ProfileInvalid', field });
});

test('a photo URL must be public', async () => {
  const UPDATE = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename } }';
  const { errors } = await ask(UPDATE, { input: { photo: 'http://ada:secret@169.254.169.254/' } }, ada);
  expect(errors).toMatchObject([
    { message: expect.stringContaining('URL must be a public web address'), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

describe('a user who books or lists a place before their first request here', () => {
  const host = viewer('hana', 'host');
  const cause = { time: new Date('2026-04-30T08:00:00Z'), requestId: 'test', version: 1 };
  const requested = bookingEvents.event({
    ...cause,
    type: 'BookingRequested',
    entityId: 'b1',
    data: {
      bookingId: 'b1',
      listingId: 'cabin',
      hostId: 'hana',
      guestId: 'ada',
      checkIn: '2026-06-01',
      checkOut: '2026-06-03',
      nights: 2,
      total: { amount: 20_000, currency: 'USD' },
      paymentDue: '2026-04-30T08:15:00.000Z',
    },
  });
  const offered = listingEvents.event({
    ...cause,
    type: 'ListingOffered',
    entityId: 'cabin',
    data: {
      listingId: 'cabin',
      hostId: 'hana',
      title: 'Cabin',
      status: 'OPEN',
      nightlyPrice: { amount: 10_000, currency: 'USD' },
      minimumNights: 1,
    },
  });

  const entity = async (type: string, id: string, as = host) =>
    (
      await ask(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { id name email memberSince } } }`,
        { of: [{ __typename: type, id }] },
        as,
      )
    ).data._entities[0];
  const memberSince = '2026-04-30T08:00:00.000Z';

  test('is visible to others: a booking guest to the host, a listing host to guests', async () => {
    expect(await entity('Guest', 'ada')).toBeNull();
    await deliver(requested, offered);
    expect(await entity('Guest', 'ada')).toEqual({ id: 'ada', name: 'New user', email: null, memberSince });
    expect(await entity('Host', 'hana', ada)).toEqual({ id: 'hana', name: 'New user', email: null, memberSince });
  });

  test('has a name and email after the first token, however the profile is read', async () => {
    await deliver(requested);
    const own = { id: 'ada', name: 'Ada', email: 'ada@example.com', memberSince };
    expect(await entity('Guest', 'ada', ada)).toEqual(own);
    expect((await ask('{ me { id name email memberSince } }', {}, ada)).data.me).toEqual(own);
    expect(await entity('Guest', 'ada')).toEqual({ ...own, email: null });
    expect((await table.items()).map(({ isProvisional }) => isProvisional)).toEqual([undefined]);
  });

  test('keeps the profile when events are duplicated and late', async () => {
    const UPDATE = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename } }';
    await deliver(requested);
    await Promise.all(Array.from({ length: 5 }, () => ask('{ me { id } }', {}, ada)));
    await ask(UPDATE, { input: { name: 'Ada L.', about: 'I write programs.' } }, ada);
    await deliver(requested, requested, offered, offered);
    expect((await ask('{ me { name about } }', {}, ada)).data.me).toEqual({
      name: 'Ada L.',
      about: 'I write programs.',
    });
    expect(await table.items()).toHaveLength(2);
  });

  test('is created by the events that the rules deliver', () => {
    expect(consumedBy(...signUpUsers({ addIfAbsent: async () => undefined }))).toEqual(config.consumes);
  });
});
