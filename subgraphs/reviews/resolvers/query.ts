import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { parseReviewId } from '../review.ts';

export const Query: QueryResolvers = {
  review: async (_, { id }, { reviewBy }) => {
    const key = parseReviewId(id);
    return (key && (await reviewBy.load(key))) ?? null;
  },
};
