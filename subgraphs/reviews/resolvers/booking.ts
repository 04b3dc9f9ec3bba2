import type { BookingResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { reviewId, type SubjectType } from '../review.ts';

/** Returns the resolver of a booking's review of one subject. */
function reviewOf(type: SubjectType) {
  return async ({ id }: { id: string }, _: unknown, { reviewById }: Context) =>
    (await reviewById.load(reviewId(id, type))) ?? null;
}

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  guestReview: reviewOf('Guest'),
  hostReview: reviewOf('Host'),
  listingReview: reviewOf('Listing'),
  locationReview: reviewOf('Listing'),
};
