import type { Subscriptions } from '#platform/graphql/subscriptions.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { SubscriptionResolvers } from './__generated__/resolvers.ts';
import type { paymentEvents } from './events.ts';

export const subscriptions: Subscriptions<SubscriptionResolvers, typeof paymentEvents> = {
  walletChanged: {
    events: ['FundsAdded', 'PaymentCaptured', 'PaymentRefunded'],
    // A payment changes two wallets.
    topic: ['data.userId', 'data.guestId', 'data.hostId'],
    subscribe: (_, { viewer }) => requireViewer(viewer).id,
    rootValue: (_, { viewer }) => ({ userId: requireViewer(viewer).id }),
  },
};
