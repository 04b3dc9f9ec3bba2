import { DateScalar } from '#platform/graphql/scalars.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { HostDashboard, ListingFigures, UpcomingStay } from './host-dashboard.ts';
import { Listing } from './listing.ts';
import { Query } from './query.ts';
import { User } from './user.ts';

export const resolvers: Resolvers = {
  Date: DateScalar,
  Query,
  Listing,
  User,
  HostDashboard,
  ListingFigures,
  UpcomingStay,
};
