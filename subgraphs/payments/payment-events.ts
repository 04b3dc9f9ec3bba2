import type { Cause } from '#platform/events/domain-event.ts';
import { type PaymentEvent, paymentEvents } from './events.ts';
import type { Payment } from './payment.ts';

/** Returns the `FundsAdded` event of a deposit. */
export function fundsAddedEvent(movementId: string, userId: string, amount: Money, cause: Cause): PaymentEvent {
  return paymentEvents.event({
    type: 'FundsAdded',
    entityId: movementId,
    version: 1,
    ...cause,
    data: { userId, amount },
  });
}

/** Returns the `PaymentCaptured` event of a payment. */
export function capturedEvent(payment: Payment, cause: Cause): PaymentEvent {
  const data = { ...partiesOf(payment), amount: moneyOf(payment) };
  return paymentEvents.event({ type: 'PaymentCaptured', entityId: payment.bookingId, version: 1, ...cause, data });
}

/** Returns the `PaymentDeclined` event of a payment. */
export function declinedEvent(payment: Payment, cause: Cause): PaymentEvent {
  const data = { ...partiesOf(payment), reason: 'INSUFFICIENT_FUNDS' } as const;
  return paymentEvents.event({ type: 'PaymentDeclined', entityId: payment.bookingId, version: 1, ...cause, data });
}

/** Returns the `PaymentRefunded` event of a payment. */
export function refundedEvent(payment: Payment, cause: Cause): PaymentEvent {
  const data = { ...partiesOf(payment), amount: moneyOf(payment) };
  return paymentEvents.event({ type: 'PaymentRefunded', entityId: payment.bookingId, version: 2, ...cause, data });
}

type Money = { amount: number; currency: string };

function partiesOf({ bookingId, guestId, hostId }: Payment) {
  return { bookingId, guestId, hostId };
}

function moneyOf({ amount, currency }: Payment): Money {
  return { amount, currency };
}
