import fc from 'fast-check';
import { propertyOptions } from '../../test/long-runs.ts';
import { depositError, depositMovement, type Movement } from './ledger.ts';
import { captureMovement, isParty, type Payment, refundMovement } from './payment.ts';

const now = new Date('2026-05-01T12:00:00Z');
const user = fc.constantFrom('ada', 'bob', 'host1');
const amount = fc.integer({ min: 1, max: 1_000_000 });

const aPayment = fc
  .record({ guestId: user, hostId: user, amount })
  .map((parts): Payment => ({ ...parts, bookingId: 'b1', currency: 'USD', status: 'CAPTURED', at: now.toISOString() }));

const aMovement: fc.Arbitrary<Movement> = fc.oneof(
  fc.tuple(user, amount).map(([userId, sum]) => depositMovement(userId, sum, { id: 'm', now })),
  aPayment.map((payment) => captureMovement(payment, now)),
  aPayment.map((payment) => refundMovement(payment, now)),
);

test('after any movements, all accounts sum to zero', () => {
  fc.assert(
    fc.property(fc.array(aMovement), (movements) => {
      const sum = movements.flatMap(({ entries }) => entries).reduce((total, entry) => total + entry.amount, 0);
      expect(sum).toBe(0);
    }),
    propertyOptions(100, 20_000),
  );
});

test('a refund reverses its payment in each account', () => {
  fc.assert(
    fc.property(aPayment, (payment) => {
      const totals = new Map<string, number>();
      for (const entry of [...captureMovement(payment, now).entries, ...refundMovement(payment, now).entries])
        totals.set(entry.account, (totals.get(entry.account) ?? 0) + entry.amount);
      expect([...totals.values()].every((total) => total === 0)).toBe(true);
    }),
    propertyOptions(100, 20_000),
  );
});

test.each([
  ['amount.amount', { amount: 0, currency: 'USD' }],
  ['amount.amount', { amount: -5, currency: 'USD' }],
  ['amount.amount', { amount: 1_000_001, currency: 'USD' }],
  ['amount.currency', { amount: 5, currency: 'EUR' }],
  [undefined, { amount: 1_000_000, currency: 'USD' }],
])('validation reports %s for %j', (field, money) => {
  expect(depositError(money)?.field).toBe(field);
});

test('a payment belongs to its guest and host only', () => {
  const payment: Payment = {
    bookingId: 'b',
    guestId: 'ada',
    hostId: 'h',
    amount: 1,
    currency: 'USD',
    status: 'CAPTURED',
    at: '',
  };
  expect(['ada', 'h', 'bob', undefined].map((id) => isParty(payment, id))).toEqual([true, true, false, false]);
});
