import { textProblem } from '#platform/graphql/text.ts';

/** What can be reviewed. */
export const SUBJECT_TYPES = ['Listing', 'Host', 'Guest'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** What is reviewed. */
export interface Subject {
  type: SubjectType;
  id: string;
}

/** What one side of a stay thought of a subject. */
export interface Review {
  bookingId: string;
  subject: Subject;
  authorId: string;
  /** From 1 to 5, whole. */
  rating: number;
  text: string;
  /** RFC 3339, UTC. */
  writtenAt: string;
}

/** The ratings of a subject, added up. */
export interface Ratings {
  subject: Subject;
  count: number;
  sum: number;
}

/** The first rule that a review breaks. */
export interface BrokenRule {
  field: string;
  message: string;
}

/** The rule that a review breaks, if any. */
export function brokenRule({ rating, text }: Pick<Review, 'rating' | 'text'>): BrokenRule | undefined {
  if (rating < 1 || rating > 5) return { field: 'rating', message: 'A rating is from 1 to 5.' };
  const inText = textProblem(text, { label: 'A review', minLength: 1, maxLength: 4_000, isMultiline: true });
  return inText ? { field: 'text', message: inText } : undefined;
}

/** The mean rating to two decimals, or null without reviews. */
export function meanRating({ count, sum }: Pick<Ratings, 'count' | 'sum'>): number | null {
  return count === 0 ? null : Math.round((sum / count) * 100) / 100;
}

/** A stay has one review of each subject, so that the two make the review's id. */
export function reviewId(bookingId: string, type: SubjectType): string {
  return `${bookingId}-${type.toLowerCase()}`;
}
