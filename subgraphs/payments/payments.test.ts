import fc from 'fast-check';
import { newId } from '#platform/new-id.ts';
import { malformedStrings, unexpectedErrors } from '../../test/edge-case-strings.ts';
import { propertyOptions } from '../../test/long-runs.ts';
import { testSubgraph, viewer } from '../../test/subgraph.ts';
import { consumedBy, testConsumer } from '../../test/test-consumer.ts';
import { conflict, type TestTable, testTable } from '../../test/test-table.ts';
import { type BookingFacts, bookingEvents } from '../bookings/events.ts';
import { contextFactory } from './context.ts';
import { PaymentStore } from './payment-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { settlePayments } from './settle-payments.ts';
import config from './subgraph.config.ts';
import { subscriptions } from './subscriptions.ts';
import { WalletStore } from './wallet-store.ts';

const [ada, bob, host1] = [viewer('ada'), viewer('bob'), viewer('host1', 'host')];

let table: TestTable;
let wallets: WalletStore;
let ask: ReturnType<typeof testSubgraph>;
let deliver: ReturnType<typeof testConsumer>;
let seconds = 0;

beforeEach(async () => {
  table = await testTable('payments');
  const now = () => new Date(Date.UTC(2026, 4, 1, 12, 0, seconds++));
  const payments = new PaymentStore(table.client, table.name);
  wallets = new WalletStore(table.client, table.name);
  ask = testSubgraph({
    typeDefs,
    resolvers,
    subscriptions,
    context: contextFactory({ payments, wallets, now, newId }),
  });
  deliver = testConsumer(settlePayments({ payments, now }));
});

afterEach(async () => {
  const { sum, balances } = await ledger();
  expect(sum).toBe(0);
  expect(balances).toEqual([]);
});

/** Returns the sum of all entries, and the wallets whose balance differs from the sum of their entries. */
async function ledger() {
  const items = await table.items();
  const entries = items.filter(({ sk }) => String(sk).startsWith('entry#'));
  const sumOf = (pk: unknown) => entries.filter((e) => e.pk === pk).reduce((sum, e) => sum + Number(e.amount), 0);
  const balances = items.filter(({ sk }) => sk === 'sum').filter(({ pk, minorUnits }) => minorUnits !== sumOf(pk));
  return { sum: entries.reduce((sum, e) => sum + Number(e.amount), 0), balances };
}

const time = new Date('2026-05-01T12:00:00Z');

function facts(bookingId: string, amount = 20_000, guestId = 'ada'): BookingFacts {
  return {
    bookingId,
    listingId: 'cabin',
    hostId: 'host1',
    guestId,
    checkIn: '2026-05-08',
    checkOut: '2026-05-10',
    nights: 2,
    total: { amount, currency: 'USD' },
    paymentDue: '2026-05-01T12:15:00.000Z',
  };
}

function requested(data: BookingFacts) {
  return bookingEvents.event({
    type: 'BookingRequested',
    entityId: data.bookingId,
    version: 1,
    time,
    requestId: 'r',
    data,
  });
}

function cancelled(booking: BookingFacts) {
  const data = { ...booking, reason: 'BY_GUEST', wasConfirmed: true } as const;
  return bookingEvents.event({
    type: 'BookingCancelled',
    entityId: data.bookingId,
    version: 3,
    time,
    requestId: 'r',
    data,
  });
}

const ADD = `mutation ($input: AddFundsInput!) { addFunds(input: $input) {
  __typename ... on Wallet { balance { amount currency } } ... on FundsInvalid { field }
} }`;
const addFunds = async (amount: number, who = ada, idempotencyKey = newId()) =>
  (await ask(ADD, { input: { amount: { amount }, idempotencyKey } }, who)).data.addFunds;
const WALLET = '{ wallet { balance { amount } entries { edges { node { kind amount { amount } booking { id } } } } } }';
const statusOf = async (id: string, as = ada) =>
  (
    await ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Booking { payment { status amount { amount } } } } }',
      { r: [{ __typename: 'Booking', id }] },
      as,
    )
  ).data._entities[0].payment;

describe('a wallet', () => {
  test('holds the deposits of its owner', async () => {
    expect(await addFunds(30_000)).toEqual({ __typename: 'Wallet', balance: { amount: 30_000, currency: 'USD' } });
    expect((await addFunds(12_345)).balance.amount).toBe(42_345);
    expect(await table.newEvents()).toMatchObject([
      { type: 'FundsAdded', data: { userId: 'ada', amount: { amount: 30_000 } } },
      { type: 'FundsAdded', data: { userId: 'ada', amount: { amount: 12_345 } } },
    ]);
  });

  test('is visible to its owner only', async () => {
    await addFunds(30_000);
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Guest { wallet { balance { amount } } } ... on Host { wallet { balance { amount } } } } }`;
    const r = [
      { __typename: 'Guest', id: 'ada' },
      { __typename: 'Host', id: 'host1' },
    ];
    const seen = async (who?: typeof ada) =>
      (await ask(query, { r }, who)).data._entities.map((e: { wallet: unknown }) => e.wallet);
    expect(await seen(ada)).toEqual([{ balance: { amount: 30_000 } }, null]);
    expect(await seen(host1)).toEqual([null, { balance: { amount: 0 } }]);
    expect(await seen(bob)).toEqual([null, null]);
    expect(await seen()).toEqual([null, null]);
    expect((await ask('{ wallet { balance { amount } } }')).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  test('accepts a deposit once per key, even from concurrent requests', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => addFunds(500, ada, 'k')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ __typename: 'Wallet', balance: { amount: 500, currency: 'USD' } })]),
    );
    expect((await addFunds(501, ada, 'k')).__typename).toBe('IdempotencyKeyReused');
    expect((await addFunds(500, bob, 'k')).__typename).toBe('Wallet');
  });

  test('rejects invalid amounts, and a balance above $1,000,000', async () => {
    expect(await addFunds(0)).toEqual({ __typename: 'FundsInvalid', field: 'amount.amount' });
    expect(await addFunds(5, ada, '')).toEqual({ __typename: 'FundsInvalid', field: 'idempotencyKey' });
    for (let i = 0; i < 100; i++) await addFunds(1_000_000);
    expect(await addFunds(1)).toEqual({ __typename: 'WalletFull' });
  }, 20_000);

  test('lists its transactions newest first, page by page', async () => {
    await addFunds(100_000);
    await deliver(requested(facts('b1')), requested(facts('b2')), cancelled(facts('b1')));
    const { data } = await ask(WALLET, {}, ada);
    expect(data.wallet.balance.amount).toBe(80_000);
    expect(data.wallet.entries.edges.map(({ node }: { node: object }) => node)).toEqual([
      { kind: 'REFUND', amount: { amount: 20_000 }, booking: { id: 'b1' } },
      { kind: 'PAYMENT', amount: { amount: -20_000 }, booking: { id: 'b2' } },
      { kind: 'PAYMENT', amount: { amount: -20_000 }, booking: { id: 'b1' } },
      { kind: 'FUNDING', amount: { amount: 100_000 }, booking: null },
    ]);
    const PAGE =
      'query ($after: String) { wallet { entries(first: 3, after: $after) { edges { node { kind } } pageInfo { hasNextPage endCursor } } } }';
    const first = (await ask(PAGE, {}, ada)).data.wallet.entries;
    const second = (await ask(PAGE, { after: first.pageInfo.endCursor }, ada)).data.wallet.entries;
    expect([first.edges.length, first.pageInfo.hasNextPage, second.edges.length, second.pageInfo.hasNextPage]).toEqual([
      3,
      true,
      1,
      false,
    ]);
  });
});

describe('the price of a booking', () => {
  test('goes from the guest to the host when the booking is requested', async () => {
    await addFunds(30_000);
    await deliver(requested(facts('b1')));
    expect([await wallets.balance('ada'), await wallets.balance('host1')]).toEqual([10_000, 20_000]);
    expect(await table.newEvents()).toMatchObject([
      { type: 'FundsAdded' },
      { type: 'PaymentCaptured', entityId: 'b1', version: 1 },
    ]);
  });

  test('is declined if the balance is too low, and nothing is captured', async () => {
    await addFunds(19_999);
    await deliver(requested(facts('b1')));
    expect(await wallets.balance('ada')).toBe(19_999);
    expect((await table.newEvents())[1]).toMatchObject({
      type: 'PaymentDeclined',
      data: { bookingId: 'b1', reason: 'INSUFFICIENT_FUNDS' },
    });
    await addFunds(30_000);
    await deliver(requested(facts('b1')));
    expect(await statusOf('b1')).toEqual({ status: 'DECLINED', amount: { amount: 20_000 } });
  });

  test('is refunded when the booking is cancelled', async () => {
    await addFunds(30_000);
    await deliver(requested(facts('b1')), cancelled(facts('b1')), cancelled(facts('b1')));
    expect([await wallets.balance('ada'), await wallets.balance('host1')]).toEqual([30_000, 0]);
    expect(await statusOf('b1')).toMatchObject({ status: 'REFUNDED' });
    expect((await table.newEvents()).map(({ type }) => type)).toEqual([
      'FundsAdded',
      'PaymentCaptured',
      'PaymentRefunded',
    ]);
  });

  test('is never captured if the cancellation arrives first', async () => {
    await addFunds(30_000);
    await deliver(cancelled(facts('b1')), requested(facts('b1')));
    expect(await wallets.balance('ada')).toBe(30_000);
    expect(await statusOf('b1')).toBeNull();
    expect(await table.newEvents()).toHaveLength(1);
  });

  test('is visible to guest and host only, each in their own list', async () => {
    await addFunds(30_000);
    await deliver(requested(facts('b1')));
    expect(await Promise.all([ada, host1, bob].map((who) => statusOf('b1', who)))).toEqual([
      { status: 'CAPTURED', amount: { amount: 20_000 } },
      { status: 'CAPTURED', amount: { amount: 20_000 } },
      null,
    ]);
    const LIST = '{ payments { edges { node { booking { id } guest { id } host { id } } } } }';
    const lists = await Promise.all([ada, host1, bob].map((who) => ask(LIST, {}, who)));
    expect(lists.map(({ data }) => data.payments.edges.length)).toEqual([1, 1, 0]);
  });

  test('is captured once for concurrent bookings if the balance suffices for one', async () => {
    await addFunds(20_000);
    await Promise.all(['b1', 'b2', 'b3'].map((id) => deliver(requested(facts(id)))));
    expect(await wallets.balance('ada')).toBe(0);
    const types = (await table.newEvents()).map(({ type }) => type).sort();
    expect(types).toEqual(['FundsAdded', 'PaymentCaptured', 'PaymentDeclined', 'PaymentDeclined']);
  });

  test('all of 100 concurrent payments to a host arrive', async () => {
    const guests = Array.from({ length: 100 }, (_, i) => viewer(`guest${i}`));
    await Promise.all(guests.map((guest) => addFunds(500, guest)));
    await Promise.all(guests.map(({ id }) => deliver(requested(facts(`of-${id}`, 500, id)))));
    expect(await wallets.balance('host1')).toBe(50_000);
  });

  test('a movement that conflicts with another at the same wallet is retried', async () => {
    await addFunds(30_000);
    table.failTransactions(
      'before',
      conflict('None', 'TransactionConflict'),
      conflict('None', 'None', 'TransactionConflict'),
    );
    await deliver(requested(facts('b1')));
    expect(await wallets.balance('host1')).toBe(20_000);
  });
});

test.each(['before', 'after'] as const)('a consumer that dies %s its write and is retried pays once', async (when) => {
  await addFunds(30_000);
  for (const event of [requested(facts('b1')), cancelled(facts('b1'))]) {
    table.failTransactions(when, new Error('the process dies'));
    await expect(deliver(event)).rejects.toThrow('the process dies');
    await deliver(event);
  }
  expect([await wallets.balance('ada'), await wallets.balance('host1')]).toEqual([30_000, 0]);
  expect((await table.newEvents()).map(({ type }) => type)).toEqual([
    'FundsAdded',
    'PaymentCaptured',
    'PaymentRefunded',
  ]);
});

test('with duplicated and out-of-order events, each booking is paid at most once', async () => {
  await addFunds(500_000);
  const bookings = Array.from({ length: 8 }, (_, i) => facts(`b${i}`, 1_000 * (i + 1)));
  const kept = bookings.filter((_, i) => i % 2 === 0);
  const events = [...bookings.map(requested), ...bookings.filter((b) => !kept.includes(b)).map(cancelled)];
  const twice = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
  const [shuffled = []] = fc.sample(twice, propertyOptions(1, 1));
  await Promise.all(shuffled.map((event) => deliver(event)));
  expect(await wallets.balance('host1')).toBe(kept.reduce((sum, { total }) => sum + total.amount, 0));
});

test('the rules deliver exactly the handled events', () => {
  const payments = new PaymentStore(table.client, table.name);
  expect(consumedBy(settlePayments({ payments, now: () => time }))).toEqual(config.consumes);
});

test('no client text causes an internal error', async () => {
  expect(await unexpectedErrors(typeDefs, (query, variables) => ask(query, variables, ada))).toEqual([]);
  expect(malformedStrings(await table.items())).toEqual([]);
});

test('a viewer can follow their own wallet', async () => {
  const changed = 'subscription { walletChanged { balance { amount } } }';
  expect(await ask.as(ada).start(changed)).toEqual({ topic: 'ada', errors: undefined });
  expect((await ask.start(changed)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  await addFunds(30_000);
  const [event] = await table.newEvents();
  if (!event) throw new Error('The deposit has no event');
  const { data } = await ask.as(ada).onEvent(event, changed);
  expect(data).toEqual({ walletChanged: { balance: { amount: 30_000 } } });
});
