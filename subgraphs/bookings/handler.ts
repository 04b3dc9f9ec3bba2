import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { subgraphHandler } from '#platform/graphql/subgraph-handler.ts';
import { newId } from '#platform/new-id.ts';
import { BookingStore } from './booking-store.ts';
import { contextFactory } from './context.ts';
import { ListingCopyStore } from './listing-copy-store.ts';
import { NightStore } from './night-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { subscriptions } from './subscriptions.ts';

const client = documentClient();
const table = requiredEnv('TABLE_NAME');

export const handler = subgraphHandler({
  typeDefs,
  resolvers,
  subscriptions,
  context: contextFactory({
    bookings: new BookingStore(client, table),
    nights: new NightStore(client, table),
    listings: new ListingCopyStore(client, table),
    now: systemClock(),
    newId,
  }),
});
