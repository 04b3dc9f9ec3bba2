import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { subgraphHandler } from '#platform/graphql/subgraph-handler.ts';
import { newId } from '#platform/new-id.ts';
import { contextFactory } from './context.ts';
import { PaymentStore } from './payment-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { subscriptions } from './subscriptions.ts';
import { WalletStore } from './wallet-store.ts';

const client = documentClient();
const table = requiredEnv('TABLE_NAME');

export const handler = subgraphHandler({
  typeDefs,
  resolvers,
  subscriptions,
  context: contextFactory({
    payments: new PaymentStore(client, table),
    wallets: new WalletStore(client, table),
    now: systemClock(),
    newId,
  }),
});
