import type { DomainEvent } from '#platform/events/domain-event.ts';
import {
  bookingCancelled,
  bookingConfirmed,
  listingClosed,
  listingOffered,
  listingsImported,
  reviewsImported,
  reviewWritten,
} from '../../sample/test/published-events.ts';
import { unexpectedErrors } from '../../test/edge-case-strings.ts';
import { testSubgraph, viewer } from '../../test/subgraph.ts';
import { consumedBy, testConsumer } from '../../test/test-consumer.ts';
import { conflict, type TestTable, testTable } from '../../test/test-table.ts';
import { applyEvents } from './apply-events.ts';
import { contextFactory } from './context.ts';
import { ProjectionStore } from './projection-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import config from './subgraph.config.ts';

const hana = viewer('hana', 'host');
let now: Date;
let table: TestTable;
let ask: ReturnType<typeof testSubgraph>;
let deliver: ReturnType<typeof testConsumer>;

beforeEach(async () => {
  now = new Date('2026-04-20T12:00:00Z');
  table = await testTable('analytics');
  const projections = new ProjectionStore(table.client, table.name);
  ask = testSubgraph({ typeDefs, resolvers, context: contextFactory({ projections, now: () => now }) });
  deliver = testConsumer(...applyEvents(projections));
});

const STATS = `query ($of: [_Any!]!, $from: Date!, $to: Date!) { _entities(representations: $of) { ... on Listing {
  stats(from: $from, to: $to) { bookings nights occupancy revenue { amount currency } days { date booked revenue { amount } } }
} } }`;

async function statsOf(from: string, to: string, as = hana) {
  const { data, errors } = await ask(STATS, { of: [{ __typename: 'Listing', id: 'loft' }], from, to }, as);
  return errors ? errors[0]?.extensions?.code : data._entities[0].stats;
}

async function activityOf(id: string) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User {
    activity { stays nights hostedStays hostedNights reviewsWritten }
  } } }`;
  return (await ask(query, { of: [{ __typename: 'User', id }] })).data._entities[0].activity;
}

const NONE = { stays: 0, nights: 0, hostedStays: 0, hostedNights: 0, reviewsWritten: 0 };

describe('the stats of a listing', () => {
  beforeEach(() =>
    deliver(
      listingOffered(),
      bookingConfirmed({ checkIn: '2026-04-29', checkOut: '2026-05-02', total: { amount: 10_000, currency: 'USD' } }),
      bookingConfirmed({ bookingId: 'b2', checkIn: '2026-05-03', checkOut: '2026-05-04', nights: 1 }),
      bookingConfirmed({ bookingId: 'b3', listingId: 'other', checkIn: '2026-05-02', checkOut: '2026-05-03' }),
    ),
  );

  test('show what was booked on each day, across months', async () => {
    expect(await statsOf('2026-04-30', '2026-05-05')).toEqual({
      bookings: 1,
      nights: 3,
      occupancy: 0.6,
      revenue: { amount: 36_667, currency: 'USD' },
      days: [
        { date: '2026-04-30', booked: true, revenue: { amount: 3_333 } },
        { date: '2026-05-01', booked: true, revenue: { amount: 3_334 } },
        { date: '2026-05-02', booked: false, revenue: { amount: 0 } },
        { date: '2026-05-03', booked: true, revenue: { amount: 30_000 } },
        { date: '2026-05-04', booked: false, revenue: { amount: 0 } },
      ],
    });
  });

  test('show revenue to the host only', async () => {
    for (const other of [viewer('other', 'host'), viewer('ada'), undefined]) {
      const { nights, revenue, days } = await statsOf('2026-05-01', '2026-05-02', other ?? viewer(''));
      expect({ nights, revenue, day: days[0].revenue }).toEqual({ nights: 1, revenue: null, day: null });
    }
  });

  test('cover 1 to 366 days', async () => {
    expect((await statsOf('2026-01-01', '2027-01-02')).days).toHaveLength(366);
    for (const to of ['2027-01-03', '2026-01-01', '2025-12-31']) {
      expect(await statsOf('2026-01-01', to)).toBe('BAD_USER_INPUT');
    }
  });

  test('do not count a cancelled stay', async () => {
    await deliver(bookingCancelled({ bookingId: 'b2', checkIn: '2026-05-03', checkOut: '2026-05-04' }));
    expect(await statsOf('2026-05-02', '2026-05-04')).toMatchObject({ bookings: 0, nights: 0, revenue: { amount: 0 } });
  });
});

describe('a booking counts once', () => {
  const COUNTED = { ...NONE, stays: 1, nights: 3 };

  test.each([
    ['delivered once', () => [bookingConfirmed()], COUNTED],
    ['delivered three times', () => Array<DomainEvent>(3).fill(bookingConfirmed()), COUNTED],
    ['cancelled', () => [bookingConfirmed(), bookingCancelled()], NONE],
    ['delivered after its cancellation', () => [bookingCancelled(), bookingConfirmed()], NONE],
    ['cancelled before it was confirmed', () => [bookingCancelled({}, { version: 2 })], NONE],
  ])('if it is %s', async (_, events, expected) => {
    await deliver(...events());
    expect(await activityOf('ada')).toEqual(expected);
  });

  test.each(['before', 'after'] as const)('if the consumer is killed %s its write', async (when) => {
    table.failTransactions(when, new Error('killed'));
    await expect(deliver(bookingConfirmed())).rejects.toThrow('killed');
    expect(await activityOf('ada')).toEqual(when === 'before' ? NONE : COUNTED);
    await deliver(bookingConfirmed());
    expect(await activityOf('ada')).toEqual(COUNTED);
  });

  test('if concurrent writes change the same totals', async () => {
    table.failTransactions(
      'before',
      conflict('TransactionConflict', 'None'),
      conflict('None', 'ConditionalCheckFailed'),
    );
    await Promise.all(Array.from({ length: 10 }, (_, i) => deliver(bookingConfirmed({ bookingId: `b${i}` }))));
    expect(await activityOf('ada')).toEqual({ ...NONE, stays: 10, nights: 30 });
    expect(await activityOf('hana')).toEqual({ ...NONE, hostedStays: 10, hostedNights: 30 });
  });

  test('unless it is in another currency, which is refused', async () => {
    await expect(deliver(bookingConfirmed({ total: { amount: 1, currency: 'EUR' } }))).rejects.toThrow('EUR');
    expect(await table.items()).toEqual([]);
  });
});

describe('the dashboard of a host', () => {
  const DASHBOARD = `query ($last: Int! = 2, $first: Int! = 20, $after: String) { hostDashboard {
    host { id } openListings totals { bookings nights revenue { amount } } rating { average count }
    months(last: $last) { month bookings nights revenue { amount } }
    listings(first: $first, after: $after) { edges { node { listing { id } totals { nights } rating { average } } } pageInfo { hasNextPage endCursor } }
    upcoming(first: $first) { edges { node { booking { id } listing { id } guest { id } checkIn checkOut nights total { amount } } } pageInfo { hasNextPage } }
  } }`;
  const dashboard = async (variables: Record<string, unknown> = {}, as = hana) =>
    (await ask(DASHBOARD, variables, as)).data.hostDashboard;

  test('shows totals, months, listings, upcoming stays and the rating', async () => {
    await deliver(
      listingOffered(),
      listingsImported([
        { listingId: 'attic' },
        { listingId: 'cellar', status: 'CLOSED' },
        { listingId: 'x', hostId: 'y' },
      ]),
      bookingConfirmed(),
      bookingConfirmed({ bookingId: 'b2', checkIn: '2026-04-18', checkOut: '2026-04-21' }),
      bookingConfirmed({ bookingId: 'b3', checkIn: '2026-04-25', checkOut: '2026-04-27', listingId: 'attic' }),
      bookingConfirmed({ bookingId: 'b4' }),
      bookingCancelled({ bookingId: 'b4' }),
      reviewWritten(),
      reviewsImported([
        { reviewId: 'r1', subject: { type: 'HOST', id: 'hana' }, rating: 5 },
        { reviewId: 'r2', subject: { type: 'HOST', id: 'hana' }, rating: 4 },
      ]),
    );
    const { listings, upcoming, ...figures } = await dashboard();
    expect(figures).toEqual({
      host: { id: 'hana' },
      openListings: 2,
      totals: { bookings: 3, nights: 8, revenue: { amount: 90_000 } },
      rating: { average: 4.5, count: 2 },
      months: [
        { month: '2026-03-01', bookings: 0, nights: 0, revenue: { amount: 0 } },
        { month: '2026-04-01', bookings: 2, nights: 5, revenue: { amount: 60_000 } },
      ],
    });
    expect(listings.edges.map(({ node }: { node: unknown }) => node)).toEqual([
      { listing: { id: 'attic' }, totals: { nights: 2 }, rating: { average: null } },
      { listing: { id: 'cellar' }, totals: { nights: 0 }, rating: { average: null } },
      { listing: { id: 'loft' }, totals: { nights: 6 }, rating: { average: 4 } },
    ]);
    expect(upcoming.edges.map(({ node }: { node: { booking: { id: string } } }) => node.booking.id)).toEqual([
      'b3',
      'b1',
    ]);
    expect(upcoming.edges[1].node).toEqual({
      booking: { id: 'b1' },
      listing: { id: 'loft' },
      guest: { id: 'ada' },
      checkIn: '2026-05-01',
      checkOut: '2026-05-04',
      nights: 3,
      total: { amount: 30_000 },
    });
  });

  test('pages through listings in full pages', async () => {
    await deliver(listingsImported(Array.from({ length: 45 }, (_, i) => ({ listingId: `l${100 + i}` }))));
    const sizes: number[] = [];
    const ids = new Set<string>();
    let after: string | null = null;
    do {
      const { openListings, listings } = await dashboard({ after });
      expect(openListings).toBe(45);
      sizes.push(listings.edges.length);
      for (const { node } of listings.edges) ids.add(node.listing.id);
      after = listings.pageInfo.hasNextPage ? listings.pageInfo.endCursor : null;
    } while (after);
    expect(sizes).toEqual([20, 20, 5]);
    expect(ids.size).toBe(45);
  });

  test('accepts a cursor from yesterday', async () => {
    const arrivals = ['2026-04-20', '2026-04-21', '2026-04-22'];
    await deliver(
      ...arrivals.map((checkIn, i) => bookingConfirmed({ bookingId: `b${i}`, checkIn, checkOut: '2026-04-23' })),
    );
    const query = `query ($after: String) { hostDashboard { upcoming(first: 1, after: $after) {
      edges { node { checkIn } } pageInfo { endCursor }
    } } }`;
    const page = async (after?: string) => (await ask(query, { after }, hana)).data.hostDashboard.upcoming;
    const first = await page();
    now = new Date('2026-04-21T00:00:00Z');
    expect((await page(first.pageInfo.endCursor)).edges).toEqual([{ node: { checkIn: '2026-04-21' } }]);
  });

  test('is null for a guest and an error for a visitor', async () => {
    expect(await dashboard({}, viewer('ada'))).toBeNull();
    const { errors } = await ask(DASHBOARD);
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  test('rejects an invalid number of months', async () => {
    for (const last of [0, 37]) {
      const { errors } = await ask(DASHBOARD, { last }, hana);
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });
});

describe('trending listings', () => {
  const trending = async (first = 10) =>
    (await ask('query ($first: Int!) { trendingListings(first: $first) { id } }', { first })).data.trendingListings.map(
      ({ id }: { id: string }) => id,
    );
  const booked = (listingId: string, nights: number, time: string) =>
    bookingConfirmed(
      {
        bookingId: `${listingId} ${time}`,
        listingId,
        checkIn: '2026-07-01',
        checkOut: `2026-07-${String(1 + nights).padStart(2, '0')}`,
      },
      { time },
    );

  test('are sorted by nights booked this week and last week, whatever the dates of the stay', async () => {
    await deliver(
      booked('loft', 2, '2026-04-20T00:00:00Z'),
      booked('attic', 4, '2026-04-13T00:00:00Z'),
      booked('cellar', 9, '2026-04-12T23:59:59Z'),
      booked('loft', 1, '2026-04-14T00:00:00Z'),
    );
    expect(await trending()).toEqual(['attic', 'loft']);
    now = new Date('2026-04-27T00:00:00Z');
    expect(await trending()).toEqual(['loft']);
    now = new Date('2026-05-04T00:00:00Z');
    expect(await trending()).toEqual([]);
  });

  test('are open, in full pages', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `l${i}`);
    await deliver(...names.map((name, i) => booked(name, 12 - i, '2026-04-20T00:00:00Z')));
    await deliver(...names.slice(0, 5).map((listingId) => listingClosed({ listingId })));
    expect(await trending(3)).toEqual(['l5', 'l6', 'l7']);
    expect(await trending(100)).toEqual(names.slice(5));
    expect(await trending(0)).toEqual([]);
  });
});

test('the activity of a user counts stays, hosted stays and reviews', async () => {
  await deliver(
    bookingConfirmed(),
    reviewWritten(),
    reviewWritten({ reviewId: 'b1-host', subject: { type: 'HOST', id: 'hana' } }),
  );
  expect(await activityOf('ada')).toEqual({ ...NONE, stays: 1, nights: 3, reviewsWritten: 2 });
  expect(await activityOf('hana')).toEqual({ ...NONE, hostedStays: 1, hostedNights: 3 });
  expect(await activityOf('unknown')).toEqual(NONE);
});

test('the rules deliver exactly the handled events', () => {
  expect(consumedBy(...applyEvents({ apply: async () => {} }))).toEqual(config.consumes);
});

test('an invalid event is refused and changes nothing', async () => {
  for (const broken of [
    { ...bookingConfirmed(), data: {} },
    { ...bookingConfirmed(), type: 'BookingLost' },
    { ...bookingConfirmed(), source: 'unknown' },
    { ...bookingConfirmed(), version: 'two' as unknown as number },
  ]) {
    await expect(deliver(broken)).rejects.toThrow();
  }
  expect(await table.items()).toEqual([]);
});

test('no client text causes an internal error', async () => {
  expect(await unexpectedErrors(typeDefs, (query, variables) => ask(query, variables, hana))).toEqual([]);
});
