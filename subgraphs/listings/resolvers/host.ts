import { connection, pageRequest } from '#platform/graphql/connection.ts';
import type { HostResolvers } from '../__generated__/resolvers.ts';
import { searchKey } from '../listing-search.ts';

export const Host: HostResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  listings: async ({ id }, args, { listings }) => {
    const request = pageRequest(args, { identity: ['Host.listings', id], keyAttributes: ['id', 'sortKey'] });
    return connection(await listings.ofHost(id, request), request, (listing) => searchKey(listing, 'NEWEST'));
  },
};
