import type { QueryResolvers } from '../__generated__/resolvers.ts';

export const Query: QueryResolvers = {
  review: async (_, { id }, { reviewById }) => (await reviewById.load(id)) ?? null,
};
