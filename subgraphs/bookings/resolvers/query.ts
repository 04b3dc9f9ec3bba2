import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { visibleBooking } from './booking.ts';

export const Query: QueryResolvers = {
  booking: (_, { id }, context) => visibleBooking(id, context),
};
