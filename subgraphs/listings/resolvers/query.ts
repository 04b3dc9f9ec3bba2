import { badInput } from '#platform/graphql/bad-input.ts';
import { connection, pageRequest, pageSize } from '#platform/graphql/connection.ts';
import { textProblem } from '#platform/graphql/text.ts';
import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { AMENITIES } from '../amenities.ts';
import { idInSlug } from '../listing.ts';
import { searchKey } from '../listing-search.ts';

export const Query: QueryResolvers = {
  listing: async (_, { id, slug }, { listingById }) => {
    if (Boolean(id) === Boolean(slug)) throw badInput('Pass either the id or the slug of the listing.');
    const listing = await listingById.load(id || idInSlug(slug ?? ''));
    return listing && (id || listing.slug === slug) ? listing : null;
  },
  listings: async (_, { filter, sort, ...args }, { listings }) => {
    const { borough, neighbourhood, roomType, minPrice, maxPrice, openOnly } = filter;
    for (const [name, place = ''] of Object.entries({ borough, neighbourhood })) {
      const broken = textProblem(place ?? '', { label: `filter.${name}`, maxLength: 100 });
      if (broken) throw badInput(broken);
    }
    const search = {
      sort,
      openOnly,
      borough: borough || undefined,
      neighbourhood: neighbourhood || undefined,
      roomType: roomType ?? undefined,
      minPrice: minPrice ?? undefined,
      maxPrice: maxPrice ?? undefined,
    };
    if ((search.minPrice ?? 0) > (search.maxPrice ?? Number.POSITIVE_INFINITY)) {
      throw badInput('filter.minPrice must not be more than filter.maxPrice.');
    }
    const request = pageRequest(args, { identity: ['Query.listings', search], keyAttributes: ['id', 'sortKey'] });
    return connection(await listings.search(search, request), request, (listing) => searchKey(listing, sort));
  },
  featuredListings: (_, args, { listings }) => listings.featured(pageSize(args)),
  trendingListings: async (_, args, { listings }) =>
    (await listings.search({ sort: 'NEWEST', openOnly: true }, { first: pageSize(args) })).nodes,
  amenities: () => [...AMENITIES],
};
