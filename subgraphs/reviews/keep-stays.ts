import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { type BookingFacts, bookingEvents } from '../bookings/events.ts';
import type { ReviewStore } from './review-store.ts';
import type { Stay } from './stay.ts';

/** Keeps the stays that can be reviewed: a booking's events may come twice and in any order, its latest version counts. */
export function keepStays(reviews: Pick<ReviewStore, 'keepStay'>): Subscription {
  return subscribe(bookingEvents, {
    BookingConfirmed: ({ data, version }) => reviews.keepStay(stayFrom(data, 'CONFIRMED', version)),
    BookingCancelled: ({ data, version }) => reviews.keepStay(stayFrom(data, 'CANCELLED', version)),
  });
}

function stayFrom(
  { bookingId, listingId, hostId, guestId, checkOut }: BookingFacts,
  status: Stay['status'],
  version: number,
): Stay {
  return { bookingId, listingId, hostId, guestId, checkOut, status, version };
}
