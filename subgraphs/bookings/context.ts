import DataLoader from 'dataloader';
import { batchLoader, loadBatch } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { Booking } from './booking.ts';
import type { BookingStore } from './booking-store.ts';
import type { ListingCopy } from './listing-copy.ts';
import type { ListingCopyStore } from './listing-copy-store.ts';
import type { Night, NightKey } from './night.ts';
import type { NightStore } from './night-store.ts';

export interface Services {
  bookings: BookingStore;
  nights: NightStore;
  listings: ListingCopyStore;
  now: () => Date;
  newId: () => string;
}

export interface Context extends RequestContext, Services {
  bookingById: DataLoader<string, Booking | undefined>;
  listingById: DataLoader<string, ListingCopy | undefined>;
  nightByKey: DataLoader<NightKey, Night | undefined, string>;
}

const keyOf = ({ listingId, date }: NightKey) => `${listingId}#${date}`;

/** Creates the context of one request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  const { bookings, listings, nights } = services;
  return (request) => ({
    ...request,
    ...services,
    bookingById: batchLoader(
      (ids) => bookings.byIds(ids),
      ({ id }) => id,
    ),
    listingById: batchLoader(
      (ids) => listings.byIds(ids),
      ({ id }) => id,
    ),
    nightByKey: new DataLoader((keys) => loadBatch(keys, (all) => nights.byKeys(all), keyOf, keyOf), {
      cacheKeyFn: keyOf,
    }),
  });
}
