import type { Item } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import { type Ratings, type Review, reviewId, SUBJECT_TYPES, type Subject } from './review.ts';
import type { Stay } from './stay.ts';

/** Keys and items of the reviews table. */

export const reviewKey = (id: string) => ({ id: `review#${id}` });
export const stayKey = (bookingId: string) => ({ id: `stay#${bookingId}` });
export const ratingsKey = (subject: Subject) => ({ id: `ratings#${subjectKey(subject)}` });
export const subjectKey = ({ type, id }: Subject) => `${type}#${id}`;

/** Returns the cursor key of a review in its subject's reviews. */
export function reviewCursor({ writtenAt, bookingId }: Review): { writtenKey: string } {
  return { writtenKey: `${writtenAt}#${bookingId}` };
}

export function reviewItem(review: Review): Item {
  const { bookingId, subject } = review;
  return {
    ...review,
    ...reviewKey(reviewId(bookingId, subject.type)),
    ...reviewCursor(review),
    subject: subjectKey(subject),
  };
}

export function toReview(item: Item): Review {
  const read = new ItemReader(item, 'Review');
  return {
    bookingId: read.string('bookingId'),
    subject: toSubject(read),
    authorId: read.string('authorId'),
    rating: read.number('rating'),
    text: read.string('text'),
    writtenAt: read.string('writtenAt'),
  };
}

export function toRatings(item: Item): Ratings {
  const read = new ItemReader(item, 'Ratings');
  return { subject: toSubject(read), count: read.number('ratingCount'), sum: read.number('ratingSum') };
}

export function stayItem(stay: Stay): Item {
  return { ...stay, ...stayKey(stay.bookingId) };
}

export function toStay(item: Item): Stay {
  const read = new ItemReader(item, 'Stay');
  return {
    bookingId: read.string('bookingId'),
    listingId: read.string('listingId'),
    hostId: read.string('hostId'),
    guestId: read.string('guestId'),
    checkOut: read.string('checkOut'),
    status: read.oneOf('status', ['CONFIRMED', 'CANCELLED']),
    version: read.number('version'),
  };
}

function toSubject(read: ItemReader): Subject {
  const [type, id = ''] = read.string('subject').split('#');
  const known = SUBJECT_TYPES.find((each) => each === type);
  if (!known) throw new Error(`Unknown type of review subject: "${type}"`);
  return { type: known, id };
}
