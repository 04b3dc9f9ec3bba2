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

/** Published data of a listing, as of the event. */
export type ListingFacts = z.output<typeof listingFacts>;

/**
 * Events of listings. `entityId` is the listing's id and `version` the listing's version, incremented with each change.
 * `ListingsImported` has many listings with their own versions; its `entityId` is the id of the import.
 */
export const listingEvents = new PublishedLanguage('listings', {
  ListingOffered: listingFacts,
  ListingUpdated: listingFacts,
  ListingClosed: listingFacts,
  ListingsImported: z.object({ listings: z.array(z.object({ ...facts, version: z.int() })) }),
});

/** An event of this service. */
export type ListingEvent = EventOf<typeof listingEvents>;
