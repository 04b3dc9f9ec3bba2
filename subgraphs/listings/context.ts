import type DataLoader from 'dataloader';
import { batchLoader } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { Listing } from './listing.ts';
import type { ListingStore } from './listing-store.ts';

export interface Services {
  listings: ListingStore;
  now: () => Date;
  newId: () => string;
}

export interface Context extends RequestContext, Services {
  listingById: DataLoader<string, Listing | undefined>;
}

/** Creates the context of one request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  return (request) => ({
    ...request,
    ...services,
    listingById: batchLoader(
      (ids) => services.listings.byIds(ids),
      ({ id }) => id,
    ),
  });
}
