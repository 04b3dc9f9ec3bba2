import { DateScalar, DateTimeScalar } from '#platform/graphql/scalars.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { Book } from './book.ts';
import { Loan } from './loan.ts';
import { Member } from './member.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';

export const resolvers: Resolvers = { Date: DateScalar, DateTime: DateTimeScalar, Query, Mutation, Loan, Book, Member };
