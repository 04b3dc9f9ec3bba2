import type DataLoader from 'dataloader';
import { batchLoader } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { Payment } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';
import type { WalletStore } from './wallet-store.ts';

export interface Services {
  payments: PaymentStore;
  wallets: WalletStore;
  now: () => Date;
  newId: () => string;
}

export interface Context extends RequestContext, Services {
  paymentByBookingId: DataLoader<string, Payment | undefined>;
}

/** Creates the context of one request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  return (request) => ({
    ...request,
    ...services,
    paymentByBookingId: batchLoader(
      (bookingIds) => services.payments.ofBookings(bookingIds),
      ({ bookingId }) => bookingId,
    ),
  });
}
