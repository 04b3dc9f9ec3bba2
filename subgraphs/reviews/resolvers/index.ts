import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { Booking } from './booking.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Review } from './review.ts';
import { Guest, Host, Listing } from './reviewable.ts';

export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  Review,
  Listing,
  Host,
  Guest,
  Booking,
};
