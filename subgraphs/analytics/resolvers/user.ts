import type { UserResolvers } from '../__generated__/resolvers.ts';
import { totalIds } from '../ids.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  activity: async ({ id }, _, { figuresOf }) => {
    const {
      stays = 0,
      nights = 0,
      hostedStays = 0,
      hostedNights = 0,
      reviewsWritten = 0,
    } = await figuresOf.load(totalIds.user(id));
    return { stays, nights, hostedStays, hostedNights, reviewsWritten };
  },
};
