import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { median } from '../../bench/statistics.ts';
import { eventually } from '../../test/eventually.ts';
import { caseCount, timeLimit } from '../../test/long-runs.ts';
import { TestSystem } from '../../test/system.ts';
import { TestTable } from '../../test/test-table.ts';
import { day, Marketplace } from './marketplace.ts';

let system: TestSystem;
let market: Marketplace;
let hana: string;

jest.setTimeout(60_000);

beforeAll(async () => {
  // Limited to the environments that a small machine can run concurrently. More would start slowly and compete.
  system = await TestSystem.start({ seeded: false, maxConcurrency: 3 });
  market = new Marketplace(system);
  hana = await system.user('hana', 'host');
  await market.ask('{ me { id } }', {}, hana);
}, 180_000);
afterAll(() => system.close());

/** Creates a guest with a wallet balance in dollars. */
async function guestWithFunds(id: string, dollars: number): Promise<string> {
  const token = await system.user(id);
  await market.ask('{ me { id } }', {}, token);
  await market.addFunds(dollars * 100, token);
  return token;
}

const BOOK = `mutation ($input: BookStayInput!) { bookStay(input: $input) {
  __typename ... on Booking { id nights totalPrice { amount } } ... on DatesTaken { dates }
} }`;
const bookVariables = (listingId: string, checkIn: number, checkOut: number) => ({
  input: { listingId, checkIn: day(checkIn), checkOut: day(checkOut), idempotencyKey: randomUUID() },
});

const BUSY = new Set(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT']);
const MAX_WAIT_MS = 1_000;

/** Books with retries while the system is busy. Its idempotency key makes that safe. */
async function bookWithRetries(variables: ReturnType<typeof bookVariables>, token: string, deadline: number) {
  for (let wait = 20; Date.now() < deadline; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
    const answer = await system.query(BOOK, variables, token).catch(() => undefined);
    if (answer?.data?.bookStay) return answer.data.bookStay;
    const isBusy = !answer || answer.status >= 500 || BUSY.has(String(answer.errors?.[0]?.extensions?.code));
    if (!isBusy) throw new Error(JSON.stringify(answer));
    await new Promise((resolve) => setTimeout(resolve, wait * Math.random()));
  }
  throw new Error('The system was busy until the deadline');
}

/** Runs `work` for each value over a number of concurrent connections. */
async function inParallel<Value, Result>(
  connections: number,
  values: Value[],
  work: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const queue = [...values];
  const results: Result[] = [];
  const connection = async () => {
    for (let value = queue.shift(); value !== undefined; value = queue.shift()) results.push(await work(value));
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return results;
}

function tableItems(service: string): Promise<Record<string, unknown>[]> {
  const client = documentClient(new DynamoDBClient(system.system.awsAccess));
  return new TestTable(client, `homestay-dev-${service}`).items();
}

test('a stay before and after booking is consistent across five services', async () => {
  const listing = await market.createListing(hana);
  const ada = await guestWithFunds('ada', 1_000);
  const FIND = `query ($id: ID!, $from: Date!, $to: Date!) { listing(id: $id) {
    isAvailable(checkIn: $from, checkOut: $to)
    quote(checkIn: $from, checkOut: $to) { ... on Quote { nights totalPrice { amount currency } } }
    availability(from: $from, to: $to) { date isFree listing { title } }
  } }`;
  const stay = { id: listing, from: day(5), to: day(8) };
  const { quote, ...before } = (await market.ask(FIND, stay)).listing;
  expect(before.isAvailable).toBe(true);
  expect(quote).toEqual({ nights: 3, totalPrice: { amount: 30_000, currency: 'USD' } });
  const id = await market.book(listing, 5, 8, ada);
  await market.waitForStatus(id, 'CONFIRMED', ada);
  const after = (await market.ask(FIND, stay)).listing;
  expect(after.isAvailable).toBe(false);
  expect(after.availability.map(({ isFree }: { isFree: boolean }) => isFree)).toEqual([false, false, false, true]);
  expect(after.availability[0]).toEqual({ date: day(5), isFree: false, listing: { title: 'Quiet loft' } });
  const ME = `{ me { ... on Guest {
    wallet { balance { amount } entries(first: 1) { edges { node { kind amount { amount } booking { listing { title host { name } } } } } } }
    upcomingBookings { edges { node {
      id checkIn checkOut nights nightlyPrice { amount } totalPrice { amount } status phase cancelReason
      guest { name } payment { status amount { amount } host { name } booking { id } }
    } } }
    pastBookings { edges { node { id } } }
    currentBooking { id }
  } } }`;
  const { me } = await market.ask(ME, {}, ada);
  expect(me).toEqual({
    wallet: {
      balance: { amount: 70_000 },
      entries: {
        edges: [
          {
            node: {
              kind: 'PAYMENT',
              amount: { amount: -30_000 },
              booking: { listing: { title: 'Quiet loft', host: { name: 'hana' } } },
            },
          },
        ],
      },
    },
    upcomingBookings: {
      edges: [
        {
          node: {
            id,
            checkIn: day(5),
            checkOut: day(8),
            nights: 3,
            nightlyPrice: { amount: 10_000 },
            totalPrice: { amount: 30_000 },
            status: 'CONFIRMED',
            phase: 'UPCOMING',
            cancelReason: null,
            guest: { name: 'ada' },
            payment: { status: 'CAPTURED', amount: { amount: 30_000 }, host: { name: 'hana' }, booking: { id } },
          },
        },
      ],
    },
    pastBookings: { edges: [] },
    currentBooking: null,
  });
  const bob = await guestWithFunds('bob', 1);
  const PEEK = `query ($id: ID!) { booking(id: $id) { id } user(id: "ada") { ... on Guest { wallet { balance { amount } } upcomingBookings { edges { cursor } } } } }`;
  expect(await market.ask(PEEK, { id }, bob)).toEqual({
    booking: null,
    user: { wallet: null, upcomingBookings: null },
  });
});

test('five years of nights for each of 100 listings exceed the cost limit', async () => {
  const nights = [30, 31, 32, 33, 34].map(
    (year) => `y${year}: availability(from: "20${year}-01-01", to: "20${year}-12-31") { date isFree }`,
  );
  const { status, errors } = await system.query(`{ listings(first: 100) { edges { node { ${nights.join(' ')} } } } }`);
  expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'OPERATION_TOO_COSTLY']);
});

test('a booking is confirmed within a second (median)', async () => {
  const listing = await market.createListing(hana);
  const token = await guestWithFunds('chiara', 2_000);
  const times: number[] = [];
  for (const night of [5, 6, 7, 8, 9]) {
    const id = await market.book(listing, night, night + 1, token);
    const start = performance.now();
    await market.waitForStatus(id, 'CONFIRMED', token);
    times.push(performance.now() - start);
  }
  expect(median(times)).toBeLessThan(1_000);
});

test('a cancelled booking is refunded', async () => {
  const listing = await market.createListing(hana);
  const token = await guestWithFunds('dmitri', 500);
  const id = await market.book(listing, 5, 7, token);
  await market.waitForStatus(id, 'CONFIRMED', token);
  await market.cancel(id, token);
  await eventually(async () => expect(await market.balance(token)).toBe(50_000));
});

const GUESTS = caseCount(1_000, 2_000);

test(
  `one of ${GUESTS} concurrent requests for the same night gets it`,
  async () => {
    const listing = await market.createListing(hana);
    const tokens = await inParallel(1, ['elif', 'farid', 'grace', 'hugo'], (name) => guestWithFunds(name, 1_000));
    const deadline = Date.now() + timeLimit(170_000);
    const requests = Array.from({ length: GUESTS }, (_, i) => tokens[i % tokens.length] ?? '');
    const answers = await inParallel(50, requests, (token) =>
      bookWithRetries(bookVariables(listing, 5, 6), token, deadline),
    );
    const winners = answers.filter(({ __typename }) => __typename === 'Booking');
    const losers = answers.filter(({ __typename }) => __typename === 'DatesTaken');
    expect([winners.length, losers.length]).toEqual([1, GUESTS - 1]);
    expect(losers.every(({ dates }) => dates.length === 1 && dates[0] === day(5))).toBe(true);
  },
  timeLimit(180_000),
);

const REPEATED = caseCount(200, 1_000);

test(
  `an idempotency key in ${REPEATED} concurrent requests creates one booking, with equal responses`,
  async () => {
    const listing = await market.createListing(hana);
    const token = await guestWithFunds('maya', 1_000);
    const same = bookVariables(listing, 5, 8);
    const deadline = Date.now() + timeLimit(50_000);
    const answers = await inParallel(
      50,
      Array.from({ length: REPEATED }, () => same),
      (each) => bookWithRetries(each, token, deadline),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const ofListing = 'query ($id: ID!) { listing(id: $id) { bookings { edges { node { totalPrice { amount } } } } } }';
    const { bookings } = (await market.ask(ofListing, { id: listing }, hana)).listing;
    expect(bookings.edges).toEqual([{ node: { totalPrice: { amount: 30_000 } } }]);
  },
  timeLimit(180_000),
);

test('after all payments, the ledger sums to zero, each booking is paid once, and each night belongs to its booking', async () => {
  await eventually(async () => {
    const statuses = (await tableItems('bookings')).map(({ status }) => status);
    expect(statuses).not.toContain('PENDING');
  });
  const [bookings, payments] = await Promise.all([tableItems('bookings'), tableItems('payments')]);
  const entries = payments.filter(({ sk }) => String(sk).startsWith('entry#'));
  expect(entries.length).toBeGreaterThan(20);
  expect(entries.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(0);
  const confirmed = bookings.filter(({ status }) => status === 'CONFIRMED');
  const paid = payments.filter(({ status }) => status === 'CAPTURED').map(({ bookingId }) => bookingId);
  expect(paid.sort()).toEqual(confirmed.map(({ id }) => id).sort());
  const nights = bookings.filter(({ sk }) => String(sk).startsWith('night#'));
  const durations = confirmed.map(
    ({ checkIn, checkOut }) => Date.parse(String(checkOut)) - Date.parse(String(checkIn)),
  );
  expect(nights).toHaveLength(durations.reduce((sum, ms) => sum + ms / 86_400_000, 0));
  expect(new Set(nights.map(({ bookingId }) => bookingId))).toEqual(new Set(confirmed.map(({ id }) => id)));
});
