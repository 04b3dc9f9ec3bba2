import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';
import { money } from '#platform/events/value-schemas.ts';

const facts = {
  listingId: z.string(),
  hostId: z.string(),
  title: z.string(),
  status: z.enum(['OPEN', 'CLOSED']),
  nightlyPrice: money,
  minimumNights: z.int(),
};

const listingFacts = z.object(facts);

/** What other services may know of a listing, as it is after the event. */
export type ListingFacts = z.output<typeof listingFacts>;

/**
 * What happens to listings. An event's `entityId` is the listing's id and its `version` the listing's, which each change
 * makes one more. `ListingsImported` is about many listings, each with its own version; its `entityId` is the import's.
 */
export const listingEvents = new PublishedLanguage('listings', {
  ListingOffered: listingFacts,
  ListingUpdated: listingFacts,
  ListingClosed: listingFacts,
  ListingsImported: z.object({ listings: z.array(z.object({ ...facts, version: z.int() })) }),
});

/** An event of this service. */
export type ListingEvent = EventOf<typeof listingEvents>;
