import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { subgraphHandler } from '#platform/graphql/subgraph-handler.ts';
import { contextFactory } from './context.ts';
import { CountStore } from './count-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';

const counts = new CountStore(documentClient(), requiredEnv('TABLE_NAME'));

export const handler = subgraphHandler({ typeDefs, resolvers, context: contextFactory({ counts }) });
