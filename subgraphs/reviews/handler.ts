import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { subgraphHandler } from '#platform/graphql/subgraph-handler.ts';
import { newId } from '#platform/new-id.ts';
import { contextFactory } from './context.ts';
import { resolvers } from './resolvers/index.ts';
import { ReviewStore } from './review-store.ts';
import typeDefs from './schema.graphql';

const reviews = new ReviewStore(documentClient(), requiredEnv('TABLE_NAME'));

export const handler = subgraphHandler({
  typeDefs,
  resolvers,
  context: contextFactory({ reviews, now: systemClock(), newId }),
});
