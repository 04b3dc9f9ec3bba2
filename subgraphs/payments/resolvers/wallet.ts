import { connection, pageRequest } from '#platform/graphql/connection.ts';
import type {
  GuestResolvers,
  HostResolvers,
  WalletEntryResolvers,
  WalletResolvers,
} from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { entryOrder } from '../items.ts';
import { CURRENCY } from '../ledger.ts';

export const Wallet: WalletResolvers = {
  balance: async ({ userId }, _, { wallets }) => ({ amount: await wallets.balance(userId), currency: CURRENCY }),
  entries: async ({ userId }, args, { wallets }) => {
    const request = pageRequest(args, { identity: ['Wallet.entries', userId], keyAttributes: ['order'] });
    const page = await wallets.entries(userId, request.first, request.after && String(request.after.order));
    return connection(page, request, (entry) => ({ order: entryOrder(entry) }));
  },
};

export const WalletEntry: WalletEntryResolvers = {
  amount: ({ amount, currency }) => ({ amount, currency }),
  booking: ({ bookingId }) => (bookingId ? { id: bookingId } : null),
};

/** Fields that this service adds to users. */
const user = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),
  wallet: ({ id }: { id: string }, _: unknown, { viewer }: Context) => (viewer?.id === id ? { userId: id } : null),
};

export const Guest: GuestResolvers = user;
export const Host: HostResolvers = user;
