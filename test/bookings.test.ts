import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documentClient } from '#platform/document-client.ts';
import { Operator } from '../seed/connection.ts';
import { TestSystem } from './system.ts';
import { TestTable } from './test-table.ts';

let system: TestSystem;
let operator: Operator;
beforeAll(async () => {
  system = await TestSystem.start({ seeded: false });
  operator = new Operator({ url: system.system.url, aws: system.system.awsAccess });
  const [{ id: listingId }, token] = [await aListing(), await aGuest(1_000)];
  const { id } = await booked(listingId, 0, 1, token);
  await until(statusIs('CONFIRMED', id, token));
}, 60_000);
afterAll(() => system.close());

const BOOK = `mutation ($input: BookStayInput!) { bookStay(input: $input) {
  __typename ... on Booking { id nights totalPrice { amount } } ... on DatesTaken { dates }
} }`;
const BOOKING = 'query ($id: ID!) { booking(id: $id) { status cancelReason payment { status } } }';
const ADD =
  'mutation ($amount: Int!, $key: String!) { addFunds(input: { amount: { amount: $amount }, idempotencyKey: $key }) { __typename } }';

const farAway = Date.now() + 60 * 86_400_000;
const day = (n: number) => new Date(farAway + n * 86_400_000).toISOString().slice(0, 10);

let count = 0;

/** A listing of a new host, known to bookings; 100 dollars a night. */
async function aListing(): Promise<{ id: string; host: string }> {
  count += 1;
  const id = `place${count}`;
  const listing = {
    id,
    hostId: `host${count}`,
    title: 'Cabin',
    description: '',
    roomType: 'ENTIRE_HOME',
    borough: 'Queens',
    neighbourhood: 'Astoria',
    location: { latitude: 40, longitude: -73 },
    nightlyPrice: { amount: 10_000 },
    minimumNights: 1,
    listedAt: '2019-01-01T00:00:00Z',
  };
  const rows = { rows: [listing] };
  await operator.run(
    'listings',
    'mutation ($rows: [ImportedListing!]!) { importListings(listings: $rows) { imported } }',
    rows,
  );
  const query =
    'query ($r: [_Any!]!, $in: Date!, $out: Date!) { _entities(representations: $r) { ... on Listing { isAvailable(checkIn: $in, checkOut: $out) } } }';
  const r = [{ __typename: 'Listing', id }];
  await until(async () => {
    const { _entities } = await operator.run<{ _entities: { isAvailable: boolean }[] }>('bookings', query, {
      r,
      in: day(0),
      out: day(1),
    });
    return _entities[0]?.isAvailable;
  });
  return { id, host: `host${count}` };
}

/** A new guest with money, in dollars. */
async function aGuest(dollars: number): Promise<string> {
  const token = await system.token(`guest-${randomUUID()}@example.com`);
  if (dollars > 0) await system.query(ADD, { amount: dollars * 100, key: 'first' }, token);
  return token;
}

const wish = (listingId: string, from: number, to: number, idempotencyKey: string = randomUUID()) => ({
  input: { listingId, checkIn: day(from), checkOut: day(to), idempotencyKey },
});

async function booked(listingId: string, from: number, to: number, token: string) {
  return (await system.query(BOOK, wish(listingId, from, to), token)).data.bookStay;
}

/** A client that is told to come later, by the API or for a service, does. */
async function patiently(variables: ReturnType<typeof wish>, token: string) {
  for (;;) {
    const { status, data, errors = [] } = await system.query(BOOK, variables, token);
    if (data?.bookStay) return data.bookStay;
    const isBusy = status === 503 || errors[0]?.extensions?.code === 'SUBGRAPH_UNAVAILABLE';
    if (!isBusy) throw new Error(`${status} ${JSON.stringify(errors)}`);
    await new Promise((resolve) => setTimeout(resolve, 50 * Math.random()));
  }
}

async function until(condition: () => Promise<unknown>, within = 10_000): Promise<number> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > within) throw new Error('It did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - start;
}

async function inConnections<T, R>(connections: number, values: T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const left = [...values];
  const results: R[] = [];
  const connection = async () => {
    for (let value = left.shift(); value !== undefined; value = left.shift()) results.push(await work(value));
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return results;
}

function statusIs(status: string, id: string, token: string) {
  return async () => (await system.query(BOOKING, { id }, token)).data.booking.status === status;
}

function tableItems(service: string): Promise<Record<string, unknown>[]> {
  const client = documentClient(new DynamoDBClient(system.system.awsAccess));
  return new TestTable(client, `homestay-dev-${service}`).items();
}

test('a guest finds a price, books, and has paid within a second, once the functions are warm', async () => {
  const { id: listingId } = await aListing();
  const token = await aGuest(1_000);
  const FIND = `query ($id: ID!, $in: Date!, $out: Date!) { listing(id: $id) {
    isAvailable(checkIn: $in, checkOut: $out)
    quote(checkIn: $in, checkOut: $out) { ... on Quote { nights totalPrice { amount currency } } }
    availability(from: $in, to: $out) { date isFree }
  } }`;
  const stay = { id: listingId, in: day(0), out: day(3) };
  const before = (await system.query(FIND, stay)).data.listing;
  expect(before).toMatchObject({
    isAvailable: true,
    quote: { nights: 3, totalPrice: { amount: 30_000, currency: 'USD' } },
  });
  const booking = await booked(listingId, 0, 3, token);
  expect(booking).toMatchObject({ __typename: 'Booking', totalPrice: { amount: 30_000 } });
  expect(await until(statusIs('CONFIRMED', booking.id, token))).toBeLessThan(1_000);
  const ME = `{ me { ... on Guest { wallet { balance { amount } entries { edges { node { kind amount { amount } booking { listing { title } } } } } }
    upcomingBookings { edges { node { id listing { title host { id } } payment { status } } } } } } }`;
  const { me } = (await system.query(ME, {}, token)).data;
  expect(me.wallet.balance.amount).toBe(70_000);
  expect(me.wallet.entries.edges[0].node).toEqual({
    kind: 'PAYMENT',
    amount: { amount: -30_000 },
    booking: { listing: { title: 'Cabin' } },
  });
  expect(me.upcomingBookings.edges[0].node).toMatchObject({
    id: booking.id,
    listing: { title: 'Cabin' },
    payment: { status: 'CAPTURED' },
  });
  const after = (await system.query(FIND, stay)).data.listing;
  expect(after.isAvailable).toBe(false);
  expect(after.availability.map(({ isFree }: { isFree: boolean }) => isFree)).toEqual([false, false, false, true]);
});

test('a payment that is declined frees the nights, and another guest gets them', async () => {
  const { id: listingId } = await aListing();
  const [poor, rich] = await Promise.all([aGuest(5), aGuest(500)]);
  const first = await booked(listingId, 0, 2, poor);
  await until(statusIs('CANCELLED', first.id, poor));
  expect((await system.query(BOOKING, { id: first.id }, poor)).data.booking).toEqual({
    status: 'CANCELLED',
    cancelReason: 'PAYMENT_DECLINED',
    payment: { status: 'DECLINED' },
  });
  const second = await booked(listingId, 0, 2, rich);
  await until(statusIs('CONFIRMED', second.id, rich));
});

test('who cancels gets the money back', async () => {
  const { id: listingId } = await aListing();
  const token = await aGuest(500);
  const { id } = await booked(listingId, 0, 2, token);
  await until(statusIs('CONFIRMED', id, token));
  await system.query('mutation ($id: ID!) { cancelBooking(id: $id) { __typename } }', { id }, token);
  const balance = async () =>
    (await system.query('{ wallet { balance { amount } } }', {}, token)).data.wallet.balance.amount;
  await until(async () => (await balance()) === 50_000);
});

test('of 2,000 guests who want the same night at once, one gets it', async () => {
  const { id: listingId } = await aListing();
  const tokens = await inConnections(
    20,
    Array.from({ length: 20 }, (_, i) => i),
    () => aGuest(1_000),
  );
  const wishes = Array.from({ length: 2_000 }, (_, i) => tokens[i % tokens.length] ?? '');
  const answers = await inConnections(50, wishes, (token) => patiently(wish(listingId, 0, 1), token));
  const winners = answers.filter(({ __typename }) => __typename === 'Booking');
  const losers = answers.filter(({ __typename }) => __typename === 'DatesTaken');
  expect([winners.length, losers.length]).toEqual([1, 1_999]);
  expect(losers.every(({ dates }) => dates.length === 1 && dates[0] === day(0))).toBe(true);
}, 120_000);

test('an idempotency key that is sent 200 times at once makes one booking, and 200 equal answers', async () => {
  const { id: listingId } = await aListing();
  const token = await aGuest(1_000);
  const same = wish(listingId, 0, 3);
  const answers = await inConnections(
    50,
    Array.from({ length: 200 }, () => same),
    (each) => patiently(each, token),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const { bookings } = (
    await operator.run<{ _entities: [{ bookings: { edges: unknown[] } }] }>(
      'bookings',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Listing { bookings { edges { node { id } } } } } }',
      { r: [{ __typename: 'Listing', id: listingId }] },
      { id: `host${count}`, groups: ['host'], scopes: [] },
    )
  )._entities[0];
  expect(bookings.edges).toHaveLength(1);
}, 60_000);

test('when all is settled, the sum over all ledgers is zero, each booking is paid once, and every night belongs to its booking', async () => {
  const pending = async () => (await tableItems('bookings')).filter(({ status }) => status === 'PENDING').length;
  await until(async () => (await pending()) === 0);
  const [bookings, payments] = await Promise.all([tableItems('bookings'), tableItems('payments')]);
  const entries = payments.filter(({ sk }) => String(sk).startsWith('entry#'));
  expect(entries.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(0);
  const confirmed = bookings.filter(({ status }) => status === 'CONFIRMED');
  expect(
    payments
      .filter(({ status }) => status === 'CAPTURED')
      .map(({ bookingId }) => bookingId)
      .sort(),
  ).toEqual(confirmed.map(({ id }) => id).sort());
  const nights = bookings.filter(({ sk }) => String(sk).startsWith('night#'));
  const promised = confirmed.reduce(
    (sum, { checkIn, checkOut }) => sum + (Date.parse(String(checkOut)) - Date.parse(String(checkIn))) / 86_400_000,
    0,
  );
  expect(nights).toHaveLength(promised);
  expect(new Set(nights.map(({ bookingId }) => bookingId))).toEqual(new Set(confirmed.map(({ id }) => id)));
});
