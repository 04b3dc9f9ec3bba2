import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { bookingEvents } from '../bookings/events.ts';
import { listingEvents } from '../listings/events.ts';
import { reviewEvents } from '../reviews/events.ts';
import type { Fact } from './fact.ts';
import { cancelledBookingFact, confirmedBookingFact, listingFact, reviewFact } from './facts-from-events.ts';
import type { ProjectionStore } from './projection-store.ts';

/** Projects events to facts and totals. Events may be duplicated and out of order. */
export function applyEvents(store: Pick<ProjectionStore, 'apply'>): Subscription[] {
  const apply = (...facts: Fact[]) => store.apply(facts);
  return [
    subscribe(bookingEvents, {
      BookingConfirmed: ({ data, version, time }) => apply(confirmedBookingFact(data, version, new Date(time))),
      BookingCancelled: ({ data, version }) => apply(cancelledBookingFact(data, version)),
    }),
    subscribe(listingEvents, {
      ListingOffered: ({ data, version }) => apply(listingFact(data, version)),
      ListingUpdated: ({ data, version }) => apply(listingFact(data, version)),
      ListingClosed: ({ data, version }) => apply(listingFact(data, version)),
      ListingsImported: ({ data }) => apply(...data.listings.map((listing) => listingFact(listing, listing.version))),
    }),
    subscribe(reviewEvents, {
      ReviewWritten: ({ data }) => apply(reviewFact(data)),
      ReviewsImported: ({ data }) => apply(...data.reviews.map(reviewFact)),
    }),
  ];
}
