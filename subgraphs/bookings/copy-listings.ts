import { subscribe } from '#platform/events/event-consumer.ts';
import { type ListingFacts, listingEvents } from '../listings/events.ts';
import { copyOf } from './listing-copy.ts';
import type { ListingCopyStore } from './listing-copy-store.ts';

/** Keeps this service's own copy of listings up to date with what is told of them. */
export function copyListings(listings: ListingCopyStore) {
  const keep = ({ data, version }: { data: ListingFacts; version: number }) => listings.keep([copyOf(data, version)]);
  return subscribe(listingEvents, {
    ListingOffered: keep,
    ListingUpdated: keep,
    ListingClosed: keep,
    ListingsImported: ({ data }) => listings.keep(data.listings.map((listing) => copyOf(listing, listing.version))),
  });
}
