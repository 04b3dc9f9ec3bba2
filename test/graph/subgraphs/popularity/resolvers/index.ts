import type { Resolvers } from '../__generated__/resolvers.ts';
import { ALL_BOOKS, ALL_LOANS, loansOfBook, loansOfMember } from '../count-store.ts';

export const resolvers: Resolvers = {
  Query: {
    figures: async (_, __, { countOf }) => {
      const [books, loans] = await Promise.all([countOf(ALL_BOOKS), countOf(ALL_LOANS)]);
      return { books, loans };
    },
  },
  Book: {
    __resolveReference: ({ id }) => ({ id }),
    loanCount: ({ id }, _, { countOf }) => countOf(loansOfBook(id)),
  },
  Member: {
    __resolveReference: ({ id }) => ({ id }),
    borrowedCount: ({ id }, _, { countOf }) => countOf(loansOfMember(id)),
  },
};
