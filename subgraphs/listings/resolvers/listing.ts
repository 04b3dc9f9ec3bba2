import type { ListingResolvers } from '../__generated__/resolvers.ts';
import { findAmenity } from '../amenities.ts';
import { idInSlug } from '../listing.ts';

export const Listing: ListingResolvers = {
  __resolveReference: async (reference, { listingById }) => {
    if ('id' in reference) return (await listingById.load(reference.id)) ?? null;
    if (!('slug' in reference)) return null;
    const listing = await listingById.load(idInSlug(reference.slug));
    return listing?.slug === reference.slug ? listing : null;
  },
  location: ({ latitude, longitude }) => ({ latitude, longitude }),
  nightlyPrice: ({ nightlyAmount, currency }) => ({ amount: nightlyAmount, currency }),
  amenities: ({ amenities }) => amenities.flatMap((id) => findAmenity(id) ?? []),
  photo: ({ photo }) => photo ?? null,
  host: ({ hostId }) => ({ id: hostId }),
};
