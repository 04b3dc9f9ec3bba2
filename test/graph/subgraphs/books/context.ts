import type DataLoader from 'dataloader';
import { batchLoader } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { Book } from './book.ts';
import type { BookStore } from './book-store.ts';

export interface Services {
  books: BookStore;
  now: () => Date;
  newId: () => string;
}

export interface Context extends RequestContext, Services {
  bookById: DataLoader<string, Book | undefined>;
}

/** Returns a factory of the context of a request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  return (request) => ({
    ...request,
    ...services,
    bookById: batchLoader(
      (ids) => services.books.byIds(ids),
      ({ id }) => id,
    ),
  });
}
