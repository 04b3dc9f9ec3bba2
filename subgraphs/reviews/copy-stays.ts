import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { type BookingFacts, bookingEvents } from '../bookings/events.ts';
import type { ReviewStore } from './review-store.ts';
import type { Stay } from './stay.ts';

/** Copies stays from booking events, which may be duplicated and out of order: the latest version counts. */
export function copyStays(reviews: Pick<ReviewStore, 'saveStay'>): Subscription {
  return subscribe(bookingEvents, {
    BookingConfirmed: ({ data, version }) => reviews.saveStay(stayFrom(data, 'CONFIRMED', version)),
    BookingCancelled: ({ data, version }) => reviews.saveStay(stayFrom(data, 'CANCELLED', version)),
  });
}

function stayFrom(
  { bookingId, listingId, hostId, guestId, checkOut }: BookingFacts,
  status: Stay['status'],
  version: number,
): Stay {
  return { bookingId, listingId, hostId, guestId, checkOut, status, version };
}
