import { retryOnConflict } from '#platform/dynamodb/retry-on-conflict.ts';
import type { Cause } from '#platform/events/domain-event.ts';
import { subscribe } from '#platform/events/event-consumer.ts';
import { type BookingFacts, bookingEvents } from '../bookings/events.ts';
import { captureMovement, createPayment, refundMovement } from './payment.ts';
import { capturedEvent, declinedEvent, refundedEvent } from './payment-events.ts';
import type { PaymentStore } from './payment-store.ts';

export interface SettleServices {
  payments: PaymentStore;
  now: () => Date;
}

/**
 * Captures the price of a requested booking, and refunds it when the booking is cancelled. Events may be out of order: a
 * cancellation that arrives first saves a void payment, so that the request captures nothing.
 */
export function settlePayments({ payments, now }: SettleServices) {
  async function captureOrDecline(booking: BookingFacts, cause: Cause): Promise<void> {
    const payment = createPayment(booking, 'CAPTURED', cause.time);
    const event = capturedEvent(payment, cause);
    const outcome = await payments.capture(payment, captureMovement(payment, cause.time), event);
    if (outcome !== 'INSUFFICIENT_FUNDS') return;
    const declined = createPayment(booking, 'DECLINED', cause.time);
    await payments.saveUncaptured(declined, declinedEvent(declined, cause));
  }

  /** Returns undefined if the payment has changed since it was read. */
  async function refundOrVoid(booking: BookingFacts, cause: Cause): Promise<true | undefined> {
    const payment = await payments.latest(booking.bookingId);
    if (!payment) return (await payments.saveUncaptured(createPayment(booking, 'VOID', cause.time))) || undefined;
    if (payment.status !== 'CAPTURED') return true;
    const refunded = { ...payment, status: 'REFUNDED' } as const;
    const event = refundedEvent(refunded, cause);
    return (await payments.refund(refunded, refundMovement(payment, cause.time), event)) || undefined;
  }

  return subscribe(bookingEvents, {
    BookingRequested: ({ data, requestId }) => captureOrDecline(data, { time: now(), requestId }),
    BookingCancelled: async ({ data, requestId }) => {
      const settled = await retryOnConflict(() => refundOrVoid(data, { time: now(), requestId }));
      if (!settled) throw new Error(`Every attempt to refund the booking ${data.bookingId} met a concurrent change`);
    },
  });
}
