import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { subgraphHandler } from '#platform/graphql/subgraph-handler.ts';
import { newId } from '#platform/new-id.ts';
import { contextFactory } from './context.ts';
import { LoanStore } from './loan-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { subscriptions } from './subscriptions.ts';

const loans = new LoanStore(documentClient(), requiredEnv('TABLE_NAME'));

export const handler = subgraphHandler({
  typeDefs,
  resolvers,
  subscriptions,
  context: contextFactory({ loans, now: systemClock(), newId }),
});
