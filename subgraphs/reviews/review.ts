import { textProblem } from '#platform/graphql/text.ts';

/** Types that can be reviewed. */
export const SUBJECT_TYPES = ['Listing', 'Host', 'Guest'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** The listing, host or guest that a review is about. */
export interface Subject {
  type: SubjectType;
  id: string;
}

/** A review of one subject of a stay. */
export interface Review {
  bookingId: string;
  subject: Subject;
  authorId: string;
  /** Integer from 1 to 5. */
  rating: number;
  text: string;
  /** RFC 3339, UTC. */
  writtenAt: string;
}

/** Number and sum of a subject's ratings. */
export interface Ratings {
  subject: Subject;
  count: number;
  sum: number;
}

/** A validation error of a review. */
export interface ValidationError {
  field: string;
  message: string;
}

/** Returns the first validation error of a review, if any. */
export function validationError({ rating, text }: Pick<Review, 'rating' | 'text'>): ValidationError | undefined {
  if (rating < 1 || rating > 5) return { field: 'rating', message: 'The rating must be 1 to 5.' };
  const reviewTextProblem = textProblem(text, { label: 'A review', minLength: 1, maxLength: 4_000, isMultiline: true });
  return reviewTextProblem ? { field: 'text', message: reviewTextProblem } : undefined;
}

/** Returns the average rating, rounded to two decimals, or null without reviews. */
export function meanRating({ count, sum }: Pick<Ratings, 'count' | 'sum'>): number | null {
  return count === 0 ? null : Math.round((sum / count) * 100) / 100;
}

/** Returns the id of a review. A stay has one review per subject. */
export function reviewId(bookingId: string, type: SubjectType): string {
  return `${bookingId}-${type.toLowerCase()}`;
}
