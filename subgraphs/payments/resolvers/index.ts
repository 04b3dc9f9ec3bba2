import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { Mutation } from './mutation.ts';
import { Booking, Payment } from './payment.ts';
import { Query } from './query.ts';
import { Guest, Host, Wallet, WalletEntry } from './wallet.ts';

export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  Wallet,
  WalletEntry,
  Payment,
  Booking,
  Guest,
  Host,
};
