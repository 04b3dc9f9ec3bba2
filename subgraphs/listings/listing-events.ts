import type { Cause } from '#platform/events/domain-event.ts';
import { type ListingEvent, type ListingFacts, listingEvents } from './events.ts';
import type { Listing } from './listing.ts';

/** Returns an event of a listing with its current data. */
export function listingEvent(
  type: 'ListingOffered' | 'ListingUpdated' | 'ListingClosed',
  listing: Listing,
  cause: Cause,
): ListingEvent {
  const { id: entityId, version } = listing;
  return listingEvents.event({ ...cause, type, entityId, version, data: factsOf(listing) });
}

/** Returns the event of imported listings. */
export function importEvent(importId: string, listings: Listing[], cause: Cause): ListingEvent {
  const data = { listings: listings.map((listing) => ({ ...factsOf(listing), version: listing.version })) };
  return listingEvents.event({ ...cause, type: 'ListingsImported', entityId: importId, version: 1, data });
}

function factsOf({ id, hostId, title, status, nightlyAmount, currency, minimumNights }: Listing): ListingFacts {
  return {
    listingId: id,
    hostId,
    title,
    status,
    nightlyPrice: { amount: nightlyAmount, currency },
    minimumNights,
  };
}
