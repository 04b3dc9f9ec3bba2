import { connection, pageRequest } from '#platform/graphql/connection.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { ageKey, type BookList } from '../book-store.ts';
import type { Context } from '../context.ts';
import { findGenre, GENRES } from '../genres.ts';
import { Mutation } from './mutation.ts';

export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query: {
    book: async (_, { id }, { bookById }) => (await bookById.load(id)) ?? null,
    books: (_, { genre, ...args }, context) =>
      page(genre ? { offeredGenre: genre } : { offered: 'yes' }, args, context),
    genres: () => [...GENRES],
  },
  Mutation,
  Book: {
    __resolveReference: async ({ id }, { bookById }) => (await bookById.load(id)) ?? null,
    genre: ({ genre }) => findGenre(genre) ?? { id: genre, name: genre, shelf: 'FACTS' },
    owner: ({ ownerId }) => ({ id: ownerId }),
  },
  Member: {
    __resolveReference: ({ id }) => ({ id }),
    books: ({ id }, args, context) => page({ ownerId: id }, args, context),
  },
};

interface PageArguments {
  first: number;
  after?: string | null | undefined;
}

async function page(list: BookList, args: PageArguments, { books }: Context) {
  const request = pageRequest(args, { identity: ['books', list], keyAttributes: ['id', 'ageKey'] });
  return connection(await books.newestOf(list, request), request, ageKey);
}
