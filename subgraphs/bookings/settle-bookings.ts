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
 * Confirms bookings that were paid and cancels those that could not be. A booking that is no longer pending stays as it is: the
 * event came twice, or the booking was cancelled before, of which payments hears too.
 */
export function settleBookings({ bookings, now }: SettleServices) {
  async function settle(bookingId: string, change: (pending: Booking) => Promise<boolean>): Promise<void> {
    const settled = await retryOnConflict(async () => {
      const booking = await bookings.latest(bookingId);
      if (!booking) throw new Error(`A payment is for the booking ${bookingId}, which is not there`);
      return booking.status !== 'PENDING' || (await change(booking)) || undefined;
    });
    if (!settled) throw new Error(`The booking ${bookingId} was changed by others at each attempt`);
  }

  function giveUp(pending: Booking, reason: CancelReason, cause: Cause): Promise<boolean> {
    const cancelled = cancel(pending, reason);
    return bookings.cancel(cancelled, cancelledEvent(cancelled, pending, cause));
  }

  /** Paid too late, the nights may be another's by now: then the money goes back, since the cancellation is told. */
  async function confirmOrGiveUp(pending: Booking, cause: Cause): Promise<boolean> {
    const confirmed = confirm(pending);
    const outcome = await bookings.confirm(confirmed, confirmedEvent(confirmed, cause));
    return outcome === 'NIGHTS_LOST' ? giveUp(pending, 'PAYMENT_TOO_LATE', cause) : outcome === 'SAVED';
  }

  return subscribe(paymentEvents, {
    PaymentCaptured: ({ data, requestId }) =>
      settle(data.bookingId, (pending) => confirmOrGiveUp(pending, { time: now(), requestId })),
    PaymentDeclined: ({ data, requestId }) =>
      settle(data.bookingId, (pending) => giveUp(pending, 'PAYMENT_DECLINED', { time: now(), requestId })),
  });
}
