import type DataLoader from 'dataloader';
import { batchLoader } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { BookState } from './book-copy.ts';
import type { Loan } from './loan.ts';
import type { LoanStore } from './loan-store.ts';

export interface Services {
  loans: LoanStore;
  now: () => Date;
  newId: () => string;
}

export interface Context extends RequestContext, Services {
  loanById: DataLoader<string, Loan | undefined>;
  bookById: DataLoader<string, BookState | undefined>;
}

/** Returns a factory of the context of a request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  const { loans } = services;
  return (request) => ({
    ...request,
    ...services,
    loanById: batchLoader(
      (ids) => loans.byIds(ids),
      ({ id }) => id,
    ),
    bookById: batchLoader(
      (ids) => loans.books(ids),
      ({ bookId }) => bookId,
    ),
  });
}
