import { pageSize } from '#platform/graphql/connection.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { dayOf, weekOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { factIds } from '../ids.ts';

export const Query: QueryResolvers = {
  hostDashboard: (_, __, { viewer }) => {
    const { id, groups } = requireViewer(viewer);
    return groups.includes('host') ? { hostId: id } : null;
  },

  trendingListings: async (_, args, context) => {
    const first = pageSize(args);
    if (first === 0) return [];
    const found: string[] = [];
    for await (const ids of context.projections.trend(weekOf(dayOf(context.now())), first)) {
      found.push(...(await withoutClosed(ids, context)));
      if (found.length >= first) break;
    }
    return found.slice(0, first).map((id) => ({ id }));
  },
};

async function withoutClosed(listingIds: string[], { factById }: Context): Promise<string[]> {
  const facts = await Promise.all(listingIds.map((id) => factById.load(factIds.listing(id))));
  return listingIds.filter((_, i) => facts[i]?.listing?.status !== 'CLOSED');
}
