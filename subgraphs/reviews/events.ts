import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';

const reviewFacts = z.object({
  reviewId: z.string(),
  bookingId: z.string(),
  subject: z.object({ type: z.enum(['LISTING', 'HOST', 'GUEST']), id: z.string() }),
  authorId: z.string(),
  /** Integer from 1 to 5. */
  rating: z.int(),
});

/** Published data of a review. */
export type ReviewFacts = z.output<typeof reviewFacts>;

/**
 * Events of reviews. For `ReviewWritten`, `entityId` is the review's id; reviews never change, so `version` is always 1.
 * `ReviewsImported` has many reviews; its `entityId` is the id of the import.
 */
export const reviewEvents = new PublishedLanguage('reviews', {
  ReviewWritten: reviewFacts,
  ReviewsImported: z.object({ reviews: z.array(reviewFacts) }),
});

/** An event of this service. */
export type ReviewEvent = EventOf<typeof reviewEvents>;
