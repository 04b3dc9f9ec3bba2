import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { subgraphHandler } from '#platform/graphql/subgraph-handler.ts';
import { contextFactory } from './context.ts';
import { ProjectionStore } from './projection-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';

const projections = new ProjectionStore(documentClient(), requiredEnv('TABLE_NAME'));

export const handler = subgraphHandler({
  typeDefs,
  resolvers,
  context: contextFactory({ projections, now: systemClock() }),
});
