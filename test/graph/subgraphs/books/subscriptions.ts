import { badInput } from '#platform/graphql/bad-input.ts';
import type { Subscriptions } from '#platform/graphql/subscriptions.ts';
import type { SubscriptionResolvers } from './__generated__/resolvers.ts';
import type { bookEvents } from './events.ts';

export const subscriptions: Subscriptions<SubscriptionResolvers, typeof bookEvents> = {
  bookChanged: {
    events: ['BookOffered', 'BookTakenBack'],
    topic: 'entityId',
    subscribe: async ({ id }, { bookById }) => {
      if (await bookById.load(id)) return id;
      throw badInput('There is no book with this id.');
    },
    rootValue: async ({ entityId }, { books }) => (await books.latest(entityId)) ?? null,
  },
};
