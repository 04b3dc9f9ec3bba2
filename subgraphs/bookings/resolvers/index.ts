import { DateScalar, DateTimeScalar } from '#platform/graphql/scalars.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { Booking } from './booking.ts';
import { Listing } from './listing.ts';
import { Mutation } from './mutation.ts';
import { Night } from './night.ts';
import { Query } from './query.ts';
import { Guest, Host } from './user.ts';

export const resolvers: Resolvers = {
  Date: DateScalar,
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  Booking,
  Listing,
  Night,
  Guest,
  Host,
};
