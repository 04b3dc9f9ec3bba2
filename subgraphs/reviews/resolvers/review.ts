import type { ReviewResolvers } from '../__generated__/resolvers.ts';
import { reviewId } from '../review.ts';

export const Review: ReviewResolvers = {
  __resolveReference: async ({ id }, { reviewById }) => (await reviewById.load(id)) ?? null,
  id: ({ bookingId, subject }) => reviewId(bookingId, subject.type),
  author: ({ authorId, subject }) => ({ __typename: subject.type === 'Guest' ? 'Host' : 'Guest', id: authorId }),
  subject: ({ subject: { type, id } }) => ({ __typename: type, id }),
};
