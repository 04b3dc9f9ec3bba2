import type { Cause } from '#platform/events/domain-event.ts';
import { type Booking, type CancelledBooking, factsOf } from './booking.ts';
import { type BookingEvent, bookingEvents } from './events.ts';

/** The event that tells of a booking which was just requested. */
export function requestedEvent(booking: Booking, cause: Cause): BookingEvent {
  return bookingEvents.event({ ...about(booking, cause), type: 'BookingRequested', data: factsOf(booking) });
}

/** The event that tells of a booking which was just confirmed. */
export function confirmedEvent(booking: Booking, cause: Cause): BookingEvent {
  return bookingEvents.event({ ...about(booking, cause), type: 'BookingConfirmed', data: factsOf(booking) });
}

/** The event that tells of a booking which was just cancelled; `before` is what it was. */
export function cancelledEvent(booking: CancelledBooking, before: Booking, cause: Cause): BookingEvent {
  const data = { ...factsOf(booking), reason: booking.cancelReason, wasConfirmed: before.status === 'CONFIRMED' };
  return bookingEvents.event({ ...about(booking, cause), type: 'BookingCancelled', data });
}

function about({ id: entityId, version }: Booking, cause: Cause) {
  return { entityId, version, ...cause };
}
