import { connection, pageRequest } from '#platform/graphql/connection.ts';
import type { GuestResolvers, HostResolvers, ListingResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { meanRating, type Subject } from '../review.ts';
import { reviewCursor } from '../review-items.ts';

/** Returns the resolvers of a reviewable type. */
function reviewable(type: Subject['type']) {
  return {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    reviews: async ({ id }: { id: string }, args: { first: number; after?: string | null }, { reviews }: Context) => {
      const request = pageRequest(args, { identity: [`${type}.reviews`, id], keyAttributes: ['writtenKey'] });
      return connection(await reviews.newestOf({ type, id }, request), request, reviewCursor);
    },
    overallRating: async ({ id }: { id: string }, _: unknown, { ratingsOf }: Context) =>
      meanRating(await ratingsOf.load({ type, id })),
    reviewCount: async ({ id }: { id: string }, _: unknown, { ratingsOf }: Context) =>
      (await ratingsOf.load({ type, id })).count,
  };
}

export const Listing: ListingResolvers = reviewable('Listing');
export const Host: HostResolvers = reviewable('Host');
export const Guest: GuestResolvers = reviewable('Guest');
