import { retryOnConflict } from '#platform/dynamodb/retry-on-conflict.ts';
import type { Cause } from '#platform/events/domain-event.ts';
import { subscribe } from '#platform/events/event-consumer.ts';
import { paymentEvents } from '../payments/events.ts';
import { type Booking, type CancelReason, cancel, confirm } from './booking.ts';
import { cancelledEvent, confirmedEvent } from './booking-events.ts';
import type { BookingStore } from './booking-store.ts';

export interface SettleServices {
  bookings: BookingStore;
  now: () => Date;
}

/**
 * Confirms paid bookings and cancels those whose payment was declined. Bookings that are no longer pending are not changed: the
 * event is a duplicate, or the booking was cancelled, for which payments refunds it.
 */
export function settleBookings({ bookings, now }: SettleServices) {
  async function settle(bookingId: string, change: (pending: Booking) => Promise<boolean>): Promise<void> {
    const settled = await retryOnConflict(async () => {
      const booking = await bookings.latest(bookingId);
      if (!booking) throw new Error(`The booking ${bookingId} of a payment does not exist`);
      return booking.status !== 'PENDING' || (await change(booking)) || undefined;
    });
    if (!settled) throw new Error(`Every attempt to settle the booking ${bookingId} met a concurrent change`);
  }

  function cancelPending(pending: Booking, reason: CancelReason, cause: Cause): Promise<boolean> {
    const cancelled = cancel(pending, reason);
    return bookings.cancel(cancelled, cancelledEvent(cancelled, pending, cause));
  }

  /** If another booking has taken the nights, the cancellation event makes payments refund the price. */
  async function confirmOrCancel(pending: Booking, cause: Cause): Promise<boolean> {
    const confirmed = confirm(pending);
    const outcome = await bookings.confirm(confirmed, confirmedEvent(confirmed, cause));
    return outcome === 'NIGHTS_LOST' ? cancelPending(pending, 'PAYMENT_TOO_LATE', cause) : outcome === 'SAVED';
  }

  return subscribe(paymentEvents, {
    PaymentCaptured: ({ data, requestId }) =>
      settle(data.bookingId, (pending) => confirmOrCancel(pending, { time: now(), requestId })),
    PaymentDeclined: ({ data, requestId }) =>
      settle(data.bookingId, (pending) => cancelPending(pending, 'PAYMENT_DECLINED', { time: now(), requestId })),
  });
}
