import { badInput } from '#platform/graphql/bad-input.ts';
import type { Subscriptions } from '#platform/graphql/subscriptions.ts';
import type { SubscriptionResolvers } from './__generated__/resolvers.ts';
import type { listingEvents } from './events.ts';

export const subscriptions: Subscriptions<SubscriptionResolvers, typeof listingEvents> = {
  listingChanged: {
    events: ['ListingUpdated', 'ListingClosed'],
    topic: 'entityId',
    subscribe: async ({ id }, { listingById }) => {
      if (await listingById.load(id)) return id;
      throw badInput('There is no listing with this id.');
    },
    rootValue: async ({ entityId }, { listings }) => (await listings.latest(entityId)) ?? null,
  },
};
