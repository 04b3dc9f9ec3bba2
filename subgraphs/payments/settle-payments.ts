import { retryOnConflict } from '#platform/dynamodb/retry-on-conflict.ts';
import type { Cause } from '#platform/events/domain-event.ts';
import { subscribe } from '#platform/events/event-consumer.ts';
import { type BookingFacts, bookingEvents } from '../bookings/events.ts';
import { captureOf, paymentOf, refundOf } from './payment.ts';
import { capturedEvent, declinedEvent, refundedEvent } from './payment-events.ts';
import type { PaymentStore } from './payment-store.ts';

export interface SettleServices {
  payments: PaymentStore;
  now: () => Date;
}

/**
 * Takes the price of a booking that is requested, and gives it back when the booking is cancelled. The events may come in any
 * order: a cancellation that comes first leaves a void payment, which the request then finds.
 */
export function settlePayments({ payments, now }: SettleServices) {
  async function captureOrDecline(booking: BookingFacts, cause: Cause): Promise<void> {
    const payment = paymentOf(booking, 'CAPTURED', cause.time);
    const event = capturedEvent(payment, cause);
    const outcome = await payments.capture(payment, captureOf(payment, cause.time), event);
    if (outcome !== 'INSUFFICIENT_FUNDS') return;
    const declined = paymentOf(booking, 'DECLINED', cause.time);
    await payments.close(declined, declinedEvent(declined, cause));
  }

  /** Undefined when something else happened to the payment in between. */
  async function refundOrVoid(booking: BookingFacts, cause: Cause): Promise<true | undefined> {
    const payment = await payments.latest(booking.bookingId);
    if (!payment) return (await payments.close(paymentOf(booking, 'VOID', cause.time))) || undefined;
    if (payment.status !== 'CAPTURED') return true;
    const refunded = { ...payment, status: 'REFUNDED' } as const;
    const event = refundedEvent(refunded, cause);
    return (await payments.refund(refunded, refundOf(payment, cause.time), event)) || undefined;
  }

  return subscribe(bookingEvents, {
    BookingRequested: ({ data, requestId }) => captureOrDecline(data, { time: now(), requestId }),
    BookingCancelled: async ({ data, requestId }) => {
      const settled = await retryOnConflict(() => refundOrVoid(data, { time: now(), requestId }));
      if (!settled) throw new Error(`The payment of booking ${data.bookingId} was changed by others at each attempt`);
    },
  });
}
