import type { ReviewResolvers } from '../__generated__/resolvers.ts';
import { parseReviewId, reviewId } from '../review.ts';

export const Review: ReviewResolvers = {
  __resolveReference: async ({ id }, { reviewBy }) => {
    const key = parseReviewId(id);
    return (key && (await reviewBy.load(key))) ?? null;
  },
  id: reviewId,
  author: ({ authorId }) => ({ id: authorId }),
  subject: ({ subject: { type, id } }) => ({ __typename: type, id }),
};
