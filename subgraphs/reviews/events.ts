import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';

const reviewFacts = z.object({
  reviewId: z.string(),
  bookingId: z.string(),
  subject: z.object({ type: z.enum(['LISTING', 'HOST', 'GUEST']), id: z.string() }),
  authorId: z.string(),
  /** From 1 to 5, whole. */
  rating: z.int(),
});

/** What other services may know of a review. */
export type ReviewFacts = z.output<typeof reviewFacts>;

/**
 * What happens to reviews. Of `ReviewWritten`, `entityId` is the review's id; a review never changes, so that its version is
 * always 1. `ReviewsImported` is about many reviews; its `entityId` is the import's.
 */
export const reviewEvents = new PublishedLanguage('reviews', {
  ReviewWritten: reviewFacts,
  ReviewsImported: z.object({ reviews: z.array(reviewFacts) }),
});

/** An event of this service. */
export type ReviewEvent = EventOf<typeof reviewEvents>;
