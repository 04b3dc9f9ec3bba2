import { newId } from '#platform/new-id.ts';
import { malformedStrings, unexpectedErrors } from '../../test/edge-case-strings.ts';
import { testSubgraph, viewer } from '../../test/subgraph.ts';
import { consumedBy, testConsumer } from '../../test/test-consumer.ts';
import { type TestTable, testTable } from '../../test/test-table.ts';
import { type ListingFacts, listingEvents } from '../listings/events.ts';
import { paymentEvents } from '../payments/events.ts';
import { BookingStore } from './booking-store.ts';
import { contextFactory } from './context.ts';
import { copyListings } from './copy-listings.ts';
import { ListingCopyStore } from './listing-copy-store.ts';
import { NightStore } from './night-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { settleBookings } from './settle-bookings.ts';
import config from './subgraph.config.ts';
import { subscriptions } from './subscriptions.ts';

const [ada, bob] = [viewer('ada'), viewer('bob')];
const [host1, host2] = [viewer('host1', 'host'), viewer('host2', 'host')];

let time: Date;
let table: TestTable;
let ask: ReturnType<typeof testSubgraph>;
let deliver: ReturnType<typeof testConsumer>;

beforeEach(async () => {
  time = new Date('2026-05-01T12:00:00Z');
  table = await testTable('bookings');
  const now = () => time;
  const bookings = new BookingStore(table.client, table.name);
  const listings = new ListingCopyStore(table.client, table.name);
  const nights = new NightStore(table.client, table.name);
  ask = testSubgraph({
    typeDefs,
    resolvers,
    subscriptions,
    context: contextFactory({ bookings, listings, nights, now, newId }),
  });
  deliver = testConsumer(copyListings(listings), settleBookings({ bookings, now }));
  await deliver(listingEvent(1));
});

/** Creates an event of the listing "cabin". */
function listingEvent(
  version: number,
  facts: Partial<ListingFacts> = {},
  type: 'ListingUpdated' | 'ListingClosed' = 'ListingUpdated',
) {
  const nightlyPrice = { amount: 10_000, currency: 'USD' };
  const cabin = {
    listingId: 'cabin',
    hostId: 'host1',
    title: 'Cabin',
    status: 'OPEN',
    nightlyPrice,
    minimumNights: 1,
  } as const;
  const data = { ...cabin, ...facts };
  return listingEvents.event({ type, entityId: data.listingId, version, time, requestId: 'test', data });
}

function captured(bookingId: string) {
  const data = { bookingId, guestId: 'ada', hostId: 'host1', amount: { amount: 20_000, currency: 'USD' } };
  return paymentEvents.event({
    type: 'PaymentCaptured',
    entityId: bookingId,
    version: 1,
    time,
    requestId: 'test',
    data,
  });
}

function declined(bookingId: string) {
  const data = { bookingId, guestId: 'ada', hostId: 'host1', reason: 'INSUFFICIENT_FUNDS' } as const;
  return paymentEvents.event({
    type: 'PaymentDeclined',
    entityId: bookingId,
    version: 1,
    time,
    requestId: 'test',
    data,
  });
}

const BOOK = `mutation ($input: BookStayInput!) {
  bookStay(input: $input) {
    __typename
    ... on Booking { id status nights totalPrice { amount } }
    ... on DatesTaken { dates }
    ... on StayInvalid { field }
  }
}`;
const CANCEL = 'mutation ($id: ID!) { cancelBooking(id: $id) { __typename ... on Booking { status cancelReason } } }';
const BOOKING = `query ($id: ID!) {
  booking(id: $id) { status phase cancelReason nightlyPrice { amount } totalPrice { amount currency } listing { title } guest { id } }
}`;

const stay = { listingId: 'cabin', checkIn: '2026-05-08', checkOut: '2026-05-10' };
const bookVariables = (input: object = {}) => ({ input: { ...stay, idempotencyKey: newId(), ...input } });
const bookedBy = async (who = ada, input: object = {}) => (await ask(BOOK, bookVariables(input), who)).data.bookStay;

async function entity(representation: object, fields: string, as = ada) {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ${fields} } }`;
  const { data, errors } = await ask(query, { r: [representation] }, as);
  expect(errors).toBeUndefined();
  return data._entities[0];
}

describe('booking a stay', () => {
  test('holds its nights immediately, at the current price', async () => {
    expect(await bookedBy()).toEqual({
      __typename: 'Booking',
      id: expect.any(String),
      status: 'PENDING',
      nights: 2,
      totalPrice: { amount: 20_000 },
    });
    expect(await bookedBy(bob, { checkIn: '2026-05-07' })).toEqual({
      __typename: 'DatesTaken',
      dates: ['2026-05-08', '2026-05-09'],
    });
    expect(await table.newEvents()).toMatchObject([
      { type: 'BookingRequested', version: 1, data: { nights: 2, total: { amount: 20_000, currency: 'USD' } } },
    ]);
  });

  test.each([
    ['StayInvalid', { checkIn: '2026-04-30' }],
    ['StayInvalid', { checkOut: '2026-05-08' }],
    ['StayInvalid', { idempotencyKey: '' }],
    ['ListingNotFound', { listingId: 'nowhere' }],
  ])('is refused as %s with %j', async (typename, input) => {
    expect((await bookedBy(ada, input)).__typename).toBe(typename);
    expect(await table.newEvents()).toEqual([]);
  });

  test('requires a signed-in guest', async () => {
    expect((await bookedBy(host2)).__typename).toBe('HostsCannotBook');
    expect((await ask(BOOK, bookVariables())).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  test('is refused for a closed listing', async () => {
    await deliver(listingEvent(2, { status: 'CLOSED' }, 'ListingClosed'));
    expect((await bookedBy()).__typename).toBe('ListingClosed');
  });

  test("keeps its price when the listing's price rises", async () => {
    const { id } = await bookedBy();
    await deliver(listingEvent(2, { title: 'Expensive cabin', nightlyPrice: { amount: 99_900, currency: 'USD' } }));
    const { data } = await ask(BOOKING, { id }, ada);
    expect(data.booking).toMatchObject({
      nightlyPrice: { amount: 10_000 },
      totalPrice: { amount: 20_000, currency: 'USD' },
      listing: { title: 'Expensive cabin' },
    });
  });
});

describe('an idempotency key', () => {
  test('sent in 50 concurrent requests creates one booking, which every response returns', async () => {
    const again = bookVariables();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(BOOK, again, ada)));
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(answers[0]?.data.bookStay.__typename).toBe('Booking');
    expect(await table.newEvents()).toHaveLength(1);
  });

  test("is refused with different input, and independent of other guests' keys", async () => {
    await bookedBy(ada, { idempotencyKey: 'k' });
    expect((await bookedBy(ada, { idempotencyKey: 'k', checkOut: '2026-05-11' })).__typename).toBe(
      'IdempotencyKeyReused',
    );
    expect(
      (await bookedBy(bob, { idempotencyKey: 'k', checkIn: '2026-06-01', checkOut: '2026-06-02' })).__typename,
    ).toBe('Booking');
  });

  test('returns its booking even if the listing has been closed since', async () => {
    const { id } = await bookedBy(ada, { idempotencyKey: 'k' });
    await deliver(listingEvent(2, { status: 'CLOSED' }, 'ListingClosed'));
    expect(await bookedBy(ada, { idempotencyKey: 'k' })).toMatchObject({ __typename: 'Booking', id });
  });

  test('of a refused request can be used again', async () => {
    const blocker = await bookedBy(bob);
    expect((await bookedBy(ada, { idempotencyKey: 'k' })).__typename).toBe('DatesTaken');
    await ask(CANCEL, { id: blocker.id }, bob);
    expect((await bookedBy(ada, { idempotencyKey: 'k' })).__typename).toBe('Booking');
  });
});

describe('a booking', () => {
  test('is visible to its guest and host only', async () => {
    const { id } = await bookedBy();
    const seen = await Promise.all([ada, host1, bob, host2, undefined].map((who) => ask(BOOKING, { id }, who)));
    expect(seen.map(({ data }) => data.booking !== null)).toEqual([true, true, false, false, false]);
    expect(await entity({ __typename: 'Booking', id }, '... on Booking { id }', bob)).toBeNull();
  });

  test.each([
    ['its guest', ada, 'BY_GUEST'],
    ['its host', host1, 'BY_HOST'],
  ])('can be cancelled by %s, which frees its nights, and repeated without effect', async (_, who, cancelReason) => {
    const { id } = await bookedBy();
    const answers = [await ask(CANCEL, { id }, who), await ask(CANCEL, { id }, who)];
    for (const { data } of answers) {
      expect(data.cancelBooking).toEqual({ __typename: 'Booking', status: 'CANCELLED', cancelReason });
    }
    expect((await table.newEvents()).map(({ type }) => type)).toEqual(['BookingRequested', 'BookingCancelled']);
    expect((await bookedBy(bob)).__typename).toBe('Booking');
  });

  test('cannot be cancelled by others, or from the check-in day', async () => {
    const { id } = await bookedBy();
    for (const who of [bob, host2]) {
      expect((await ask(CANCEL, { id }, who)).data.cancelBooking.__typename).toBe('BookingNotFound');
    }
    time = new Date('2026-05-08T00:00:00Z');
    expect((await ask(CANCEL, { id }, ada)).data.cancelBooking.__typename).toBe('StayBegun');
  });

  test('is listed for its guest as upcoming, current or past', async () => {
    const { id } = await bookedBy();
    await deliver(captured(id));
    const fields = `... on Guest { upcomingBookings { edges { node { id } } } currentBooking { id } pastBookings { edges { node { id } } } }`;
    const lists = async (who = ada) => {
      const guest = await entity({ __typename: 'Guest', id: 'ada' }, fields, who);
      return [guest.upcomingBookings?.edges.length, guest.currentBooking?.id === id, guest.pastBookings?.edges.length];
    };
    expect(await lists()).toEqual([1, false, 0]);
    time = new Date('2026-05-09T08:00:00Z');
    expect(await lists()).toEqual([0, true, 0]);
    time = new Date('2026-05-10T08:00:00Z');
    expect(await lists()).toEqual([0, false, 1]);
    expect(await lists(bob)).toEqual([undefined, false, undefined]);
  });

  test('is in no list of stays if cancelled or unpaid', async () => {
    await ask(CANCEL, { id: (await bookedBy()).id }, ada);
    await bookedBy(ada, { checkIn: '2026-05-20', checkOut: '2026-05-21' });
    time = new Date('2026-05-01T13:00:00Z');
    const guest = await entity(
      { __typename: 'Guest', id: 'ada' },
      '... on Guest { upcomingBookings { edges { node { id } } } }',
    );
    expect(guest.upcomingBookings.edges).toEqual([]);
  });
});

test('pages of bookings are full and in order, even with cancelled ones between', async () => {
  const days = Array.from({ length: 20 }, (_, i) => `2026-06-${String(i + 1).padStart(2, '0')}`);
  for (const [i, checkIn] of days.entries()) {
    const { id } = await bookedBy(ada, {
      checkIn,
      checkOut: checkIn.replace(/\d\d$/, (day) => String(Number(day) + 1).padStart(2, '0')),
    });
    if (i % 2 === 1) await ask(CANCEL, { id }, ada);
  }
  const PAGE = `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Host {
    upcomingBookings(first: 4, after: $after) { edges { node { checkIn } } pageInfo { hasNextPage endCursor } } } } }`;
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const { data } = await ask(PAGE, { r: [{ __typename: 'Host', id: 'host1' }], after }, host1);
    const { edges, pageInfo } = data._entities[0].upcomingBookings;
    pages.push(edges.map(({ node }: { node: { checkIn: string } }) => node.checkIn));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
  } while (after);
  expect(pages.map(({ length }) => length)).toEqual([4, 4, 2]);
  expect(pages.flat()).toEqual(days.filter((_, i) => i % 2 === 0));
  const all = '... on Listing { bookings(first: 100) { edges { node { checkIn } } } }';
  const ofListing = await entity({ __typename: 'Listing', id: 'cabin' }, all, host1);
  expect(ofListing.bookings.edges.map(({ node }: { node: { checkIn: string } }) => node.checkIn)).toEqual(
    [...days].reverse(),
  );
  expect((await entity({ __typename: 'Listing', id: 'cabin' }, all, host2)).bookings).toBeNull();
});

test('a cursor is valid for its own list and user only', async () => {
  await bookedBy();
  const list = (type: string, id: string, asked: string, as = viewer(id)) =>
    ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${asked} { edges { cursor } } } } }`,
      { of: [{ __typename: type, id }] },
      as,
    );
  const { data } = await list('Guest', 'ada', 'upcomingBookings');
  const [{ cursor }] = data._entities[0].upcomingBookings.edges;
  const after = (of: string) => `${of}(after: "${cursor}")`;
  expect((await list('Guest', 'ada', after('upcomingBookings'))).errors).toBeUndefined();
  for (const refused of [
    await list('Guest', 'ada', after('pastBookings')),
    await list('Guest', 'bob', after('upcomingBookings')),
    await list('Host', 'host1', after('upcomingBookings'), host1),
    await list('Listing', 'cabin', after('bookings'), host1),
  ])
    expect(refused.errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
});

describe('a listing', () => {
  const listing = {
    __typename: 'Listing',
    id: 'cabin',
    nightlyPrice: { amount: 12_300, currency: 'USD' },
    minimumNights: 2,
  };

  test('shows which nights are free', async () => {
    await bookedBy();
    const { availability } = await entity(
      listing,
      '... on Listing { availability(from: "2026-05-07", to: "2026-05-10") { date isFree listing { id } } }',
    );
    expect(availability.map(({ date, isFree }: { date: string; isFree: boolean }) => [date, isFree])).toEqual([
      ['2026-05-07', true],
      ['2026-05-08', false],
      ['2026-05-09', false],
      ['2026-05-10', true],
    ]);
    const night = { __typename: 'Night', listing: { id: 'cabin' }, date: '2026-05-08' };
    expect(await entity(night, '... on Night { isFree date }')).toEqual({ isFree: false, date: '2026-05-08' });
    const past = { ...night, date: '2026-04-30' };
    expect(await entity(past, '... on Night { isFree }')).toEqual({ isFree: false });
  });

  test('returns at most a year of nights', async () => {
    for (const range of ['from: "2026-05-07", to: "2026-05-06"', 'from: "2026-05-07", to: "2027-05-08"']) {
      const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Listing { availability(${range}) { date } } } }`;
      expect((await ask(query, { r: [listing] })).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });

  test('is available if it is open, the stay is valid, and all nights are free', async () => {
    const isAvailable = async (checkIn: string, checkOut: string) =>
      (await entity(listing, `... on Listing { isAvailable(checkIn: "${checkIn}", checkOut: "${checkOut}") }`))
        .isAvailable;
    expect(await isAvailable('2026-05-08', '2026-05-10')).toBe(true);
    await bookedBy();
    expect(await isAvailable('2026-05-09', '2026-05-11')).toBe(false);
    expect(await isAvailable('2026-05-10', '2026-05-11')).toBe(true);
    expect(await isAvailable('2026-05-11', '2026-05-10')).toBe(false);
    await deliver(listingEvent(2, { status: 'CLOSED' }, 'ListingClosed'));
    expect(await isAvailable('2026-05-10', '2026-05-11')).toBe(false);
  });

  test('quotes a stay at the price from the listings service', async () => {
    const quote = async (checkOut: string) =>
      (
        await entity(
          listing,
          `... on Listing { quote(checkIn: "2026-05-08", checkOut: "${checkOut}") { __typename ... on Quote { nights totalPrice { amount currency } } ... on StayInvalid { field message } } }`,
        )
      ).quote;
    expect(await quote('2026-05-11')).toEqual({
      __typename: 'Quote',
      nights: 3,
      totalPrice: { amount: 36_900, currency: 'USD' },
    });
    expect(await quote('2026-05-09')).toMatchObject({ __typename: 'StayInvalid', field: 'checkOut' });
  });
});

describe('listing events', () => {
  test('may be duplicated and out of order: the newest counts', async () => {
    const [second, third] = [listingEvent(2, { minimumNights: 2 }), listingEvent(3, { minimumNights: 3 })];
    await deliver(third, second, third);
    expect(await bookedBy()).toMatchObject({ __typename: 'StayInvalid', field: 'checkOut' });
    expect((await bookedBy(ada, { checkOut: '2026-05-11' })).__typename).toBe('Booking');
  });

  test('of an import have many listings', async () => {
    const row = (i: number) => ({ ...listingEvent(1).data, listingId: `l${i}`, version: 1 });
    const listings = Array.from({ length: 99 }, (_, i) => row(i)) as (ListingFacts & { version: number })[];
    await deliver(
      listingEvents.event({
        type: 'ListingsImported',
        entityId: 'i1',
        version: 1,
        time,
        requestId: 'test',
        data: { listings },
      }),
    );
    expect((await bookedBy(ada, { listingId: 'l98' })).__typename).toBe('Booking');
  });
});

describe('payment events', () => {
  test('confirm a paid booking once, even if duplicated', async () => {
    const { id } = await bookedBy();
    const event = captured(id);
    await deliver(event, event);
    expect((await ask(BOOKING, { id }, ada)).data.booking).toMatchObject({ status: 'CONFIRMED', phase: 'UPCOMING' });
    expect((await table.newEvents()).map(({ type, version }) => [type, version])).toEqual([
      ['BookingRequested', 1],
      ['BookingConfirmed', 2],
    ]);
  });

  test('cancel a booking whose payment was declined, and free its nights', async () => {
    const { id } = await bookedBy();
    await deliver(declined(id), declined(id));
    expect((await ask(BOOKING, { id }, ada)).data.booking).toMatchObject({
      status: 'CANCELLED',
      cancelReason: 'PAYMENT_DECLINED',
      phase: null,
    });
    expect(await table.newEvents()).toMatchObject([{}, { data: { reason: 'PAYMENT_DECLINED', wasConfirmed: false } }]);
    expect((await bookedBy(bob)).__typename).toBe('Booking');
  });

  test('cancel the booking for a refund if its nights are booked again', async () => {
    const { id } = await bookedBy();
    time = new Date('2026-05-01T12:20:00Z');
    expect((await ask(BOOKING, { id }, ada)).data.booking).toMatchObject({ status: 'EXPIRED', phase: null });
    const other = await bookedBy(bob);
    await deliver(captured(id), captured(other.id));
    expect((await ask(BOOKING, { id }, ada)).data.booking).toMatchObject({
      status: 'CANCELLED',
      cancelReason: 'PAYMENT_TOO_LATE',
    });
    expect((await ask(BOOKING, { id: other.id }, bob)).data.booking.status).toBe('CONFIRMED');
  });

  test('do not change a cancelled booking', async () => {
    const { id } = await bookedBy();
    await ask(CANCEL, { id }, ada);
    await deliver(captured(id));
    expect((await ask(BOOKING, { id }, ada)).data.booking.status).toBe('CANCELLED');
    expect(await table.newEvents()).toHaveLength(2);
  });

  test.each(['before', 'after'] as const)('take effect once if the process dies %s the write', async (when) => {
    const { id } = await bookedBy();
    table.failTransactions(when, new Error('the process dies'));
    const event = captured(id);
    await expect(deliver(event)).rejects.toThrow('the process dies');
    await deliver(event);
    expect((await table.newEvents()).map(({ type }) => type)).toEqual(['BookingRequested', 'BookingConfirmed']);
  });

  test('with invalid data are refused and change nothing', async () => {
    const { id } = await bookedBy();
    const bad = { ...captured(id), data: { bookingId: id } } as never;
    await expect(deliver(bad)).rejects.toThrow('PaymentCaptured');
    expect((await ask(BOOKING, { id }, ada)).data.booking.status).toBe('PENDING');
  });
});

test('the rules deliver exactly the handled events', () => {
  const bookings = new BookingStore(table.client, table.name);
  const listings = new ListingCopyStore(table.client, table.name);
  expect(consumedBy(copyListings(listings), settleBookings({ bookings, now: () => time }))).toEqual(config.consumes);
});

test('no client text causes an internal error', async () => {
  expect(await unexpectedErrors(typeDefs, (query, variables) => ask(query, variables, ada))).toEqual([]);
  expect(malformedStrings(await table.items())).toEqual([]);
});

describe('imported stays', () => {
  const IMPORT = `mutation ($rows: [ImportedBooking!]!) {
    importBookings(bookings: $rows) { imported existing rejected { id reason } }
  }`;
  const past = (id: string, changes: object = {}) => ({
    id,
    listingId: 'cabin',
    hostId: 'host1',
    guestId: 'ada',
    checkIn: '2026-04-20',
    checkOut: '2026-04-23',
    nightlyPrice: { amount: 9_000 },
    ...changes,
  });

  test('are added once, as confirmed and completed', async () => {
    expect(await ask(IMPORT, { rows: [past('old-1'), past('old-2')] })).toEqual({
      data: { importBookings: { imported: 2, existing: 0, rejected: [] } },
    });
    expect(await ask(IMPORT, { rows: [past('old-1')] })).toMatchObject({
      data: { importBookings: { imported: 0, existing: 1 } },
    });
    const { data } = await ask('{ booking(id: "old-1") { status phase nights totalPrice { amount } } }', {}, ada);
    expect(data?.booking).toEqual({
      status: 'CONFIRMED',
      phase: 'COMPLETED',
      nights: 3,
      totalPrice: { amount: 27_000 },
    });
  });

  test.each([
    [{ checkOut: '2026-05-02' }, 'The stay is not completed.'],
    [{ checkOut: '2026-04-20' }, 'A stay must have 1 to 90 nights.'],
    [{ nightlyPrice: { amount: 1, currency: 'EUR' } }, 'Only USD is supported, not EUR.'],
  ])('that are invalid are rejected with the reason: %j', async (changes, reason) => {
    expect(await ask(IMPORT, { rows: [past('bad', changes), past('good')] })).toMatchObject({
      data: { importBookings: { imported: 1, rejected: [{ id: 'bad', reason }] } },
    });
  });
});
