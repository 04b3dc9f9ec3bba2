import { subscribe } from '#platform/events/event-consumer.ts';
import { type ListingFacts, listingEvents } from '../listings/events.ts';
import { copyOf } from './listing-copy.ts';
import type { ListingCopyStore } from './listing-copy-store.ts';

/** Updates this service's copies of listings from their events. */
export function copyListings(listings: ListingCopyStore) {
  const save = ({ data, version }: { data: ListingFacts; version: number }) => listings.save([copyOf(data, version)]);
  return subscribe(listingEvents, {
    ListingOffered: save,
    ListingUpdated: save,
    ListingClosed: save,
    ListingsImported: ({ data }) => listings.save(data.listings.map((listing) => copyOf(listing, listing.version))),
  });
}
