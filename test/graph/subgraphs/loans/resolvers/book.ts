import type { BookResolvers } from '../__generated__/resolvers.ts';
import { isAvailable } from '../book-copy.ts';
import { returnBy } from '../loan.ts';

const CENTS = { base: 150, perKilogram: 200 };

export const Book: BookResolvers = {
  __resolveReference: (reference) => reference,
  title: async ({ id }, _, { bookById }) => {
    const book = await bookById.load(id);
    if (!book) throw new Error(`No copy of the book ${id}`);
    return book.title;
  },
  isAvailable: async ({ id }, _, { bookById }) => isAvailable(await bookById.load(id)),
  returnBy: (_, { borrowedOn }) => returnBy(borrowedOn),
  postageCents: ({ id, weightGrams }) => {
    if (weightGrams === undefined) throw new Error(`The representation of the book ${id} has no weight`);
    return CENTS.base + Math.ceil((CENTS.perKilogram * weightGrams) / 1_000);
  },
};
