import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { signUp } from '../user.ts';

export const Query: QueryResolvers = {
  me: (_, __, { viewer, users, now }) => (viewer ? users.findOrAdd(signUp(viewer, now())) : null),
  user: async (_, { id }, { userById }) => (await userById.load(id)) ?? null,
};
