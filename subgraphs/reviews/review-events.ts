import { type ReviewEvent, type ReviewFacts, reviewEvents } from './events.ts';
import { type Review, reviewId, type SubjectType } from './review.ts';

/** Returns the `ReviewWritten` event of a review. */
export function writtenEvent(review: Review, requestId: string): ReviewEvent {
  const data = factsOf(review);
  const time = new Date(review.writtenAt);
  return reviewEvents.event({ type: 'ReviewWritten', entityId: data.reviewId, version: 1, time, requestId, data });
}

/** Returns the event of imported reviews. */
export function importEvent(
  reviews: Review[],
  cause: { importId: string; time: Date; requestId: string },
): ReviewEvent {
  const { importId, ...when } = cause;
  const data = { reviews: reviews.map(factsOf) };
  return reviewEvents.event({ ...when, type: 'ReviewsImported', entityId: importId, version: 1, data });
}

const PUBLISHED_TYPES = { Listing: 'LISTING', Host: 'HOST', Guest: 'GUEST' } as const satisfies Record<
  SubjectType,
  string
>;

function factsOf({ bookingId, subject: { type, id }, authorId, rating }: Review): ReviewFacts {
  return {
    reviewId: reviewId(bookingId, type),
    bookingId,
    subject: { type: PUBLISHED_TYPES[type], id },
    authorId,
    rating,
  };
}
