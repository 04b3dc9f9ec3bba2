import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { bookingEvents } from '../bookings/events.ts';
import { listingEvents } from '../listings/events.ts';
import { reviewEvents } from '../reviews/events.ts';
import type { Fact } from './fact.ts';
import { cancelledBooking, confirmedBooking, listing, review } from './facts-from-events.ts';
import type { ProjectionStore } from './projection-store.ts';

/** Keeps a fact of everything that counts: events may come twice and in any order. */
export function keepFacts(store: Pick<ProjectionStore, 'keep'>): Subscription[] {
  const keep = (...facts: Fact[]) => store.keep(facts);
  return [
    subscribe(bookingEvents, {
      BookingConfirmed: ({ data, version, time }) => keep(confirmedBooking(data, version, new Date(time))),
      BookingCancelled: ({ data, version }) => keep(cancelledBooking(data, version)),
    }),
    subscribe(listingEvents, {
      ListingOffered: ({ data, version }) => keep(listing(data, version)),
      ListingUpdated: ({ data, version }) => keep(listing(data, version)),
      ListingClosed: ({ data, version }) => keep(listing(data, version)),
      ListingsImported: ({ data }) => keep(...data.listings.map((each) => listing(each, each.version))),
    }),
    subscribe(reviewEvents, {
      ReviewWritten: ({ data }) => keep(review(data)),
      ReviewsImported: ({ data }) => keep(...data.reviews.map(review)),
    }),
  ];
}
