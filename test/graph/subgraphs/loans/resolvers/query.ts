import type { QueryResolvers } from '../__generated__/resolvers.ts';

export const Query: QueryResolvers = {
  loan: async (_, { id }, { loanById, viewer }) => {
    const loan = await loanById.load(id);
    return loan && loan.memberId === viewer?.id ? loan : null;
  },
};
