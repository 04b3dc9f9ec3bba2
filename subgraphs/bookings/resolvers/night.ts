import type { NightResolvers } from '../__generated__/resolvers.ts';
import { isFree } from '../night.ts';
import { dayOf } from '../stay.ts';

export const Night: NightResolvers = {
  __resolveReference: ({ listing, date }) => ({ listingId: listing.id, date }),
  listing: ({ listingId }) => ({ id: listingId }),
  isFree: async (key, _, { nightByKey, now }) => key.date >= dayOf(now()) && isFree(await nightByKey.load(key), now()),
};
