/** What is reviewed. */
export interface Subject {
  type: 'Listing' | 'Host';
  id: string;
}

/** What a guest thought of a subject. */
export interface Review {
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
  if (text.trim().length < 1 || text.length > 4_000)
    return { field: 'text', message: 'A review has 1 to 4,000 characters.' };
  return undefined;
}

/** The mean rating to two decimals, or null without reviews. */
export function meanRating({ count, sum }: Pick<Ratings, 'count' | 'sum'>): number | null {
  return count === 0 ? null : Math.round((sum / count) * 100) / 100;
}

/** A review's id says whose it is and of what: a guest reviews a subject once. */
export function reviewId({ subject, authorId }: Pick<Review, 'subject' | 'authorId'>): string {
  return Buffer.from(JSON.stringify([subject.type, subject.id, authorId])).toString('base64url');
}

/** The subject and the author that an id names; undefined for what is no id of a review. */
export function parseReviewId(id: string): Pick<Review, 'subject' | 'authorId'> | undefined {
  try {
    const [type, subjectId, authorId] = JSON.parse(Buffer.from(id, 'base64url').toString('utf8')) as unknown[];
    const isType = type === 'Listing' || type === 'Host';
    if (!isType || typeof subjectId !== 'string' || typeof authorId !== 'string') return undefined;
    return { subject: { type, id: subjectId }, authorId };
  } catch {
    return undefined;
  }
}
