import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { UrlScalar } from '#platform/graphql/url-scalar.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { Host } from './host.ts';
import { Listing } from './listing.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';

export const resolvers: Resolvers = { DateTime: DateTimeScalar, URL: UrlScalar, Query, Mutation, Listing, Host };
