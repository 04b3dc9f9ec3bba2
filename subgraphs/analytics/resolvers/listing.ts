import { badInput } from '#platform/graphql/bad-input.ts';
import type { ListingResolvers } from '../__generated__/resolvers.ts';
import { factIds, totalIds } from '../ids.ts';
import { monthsOf, rangeError, statsOf } from '../listing-stats.ts';
import { usd } from './money.ts';

export const Listing: ListingResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  stats: async ({ id }, { from, to }, { viewer, factById, figuresOf }) => {
    const invalid = rangeError(from, to);
    if (invalid) throw badInput(invalid);
    const months = monthsOf(from, to);
    const [fact, ...figures] = await Promise.all([
      factById.load(factIds.listing(id)),
      ...months.map((month) => figuresOf.load(totalIds.listingMonth(id, month))),
    ]);
    const stats = statsOf(from, to, new Map(months.map((month, i) => [month, figures[i] ?? {}])));
    const visibleRevenue = (amount: number) => (viewer && viewer.id === fact?.listing?.hostId ? usd(amount) : null);
    return {
      ...stats,
      from,
      to,
      revenue: visibleRevenue(stats.revenue),
      days: stats.days.map((day) => ({ ...day, revenue: visibleRevenue(day.revenue) })),
    };
  },
};
