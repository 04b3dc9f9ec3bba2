import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { UrlScalar } from '#platform/graphql/url-scalar.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Guest, Host, User } from './user.ts';

export const resolvers: Resolvers = { DateTime: DateTimeScalar, URL: UrlScalar, Query, Mutation, User, Host, Guest };
