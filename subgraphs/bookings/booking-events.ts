import type { Cause } from '#platform/events/domain-event.ts';
import { type Booking, type CancelledBooking, factsOf } from './booking.ts';
import { type BookingEvent, bookingEvents } from './events.ts';

/** Returns the `BookingRequested` event of a new booking. */
export function requestedEvent(booking: Booking, cause: Cause): BookingEvent {
  return bookingEvents.event({ ...metadata(booking, cause), type: 'BookingRequested', data: factsOf(booking) });
}

/** Returns the `BookingConfirmed` event of a booking. */
export function confirmedEvent(booking: Booking, cause: Cause): BookingEvent {
  return bookingEvents.event({ ...metadata(booking, cause), type: 'BookingConfirmed', data: factsOf(booking) });
}

/** Returns the `BookingCancelled` event of a booking; `before` is its previous version. */
export function cancelledEvent(booking: CancelledBooking, before: Booking, cause: Cause): BookingEvent {
  const data = { ...factsOf(booking), reason: booking.cancelReason, wasConfirmed: before.status === 'CONFIRMED' };
  return bookingEvents.event({ ...metadata(booking, cause), type: 'BookingCancelled', data });
}

function metadata({ id: entityId, version }: Booking, cause: Cause) {
  return { entityId, version, ...cause };
}
