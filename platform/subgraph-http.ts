import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda';
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import type { GraphQLSchema } from 'graphql';
import { maskErrors } from './errors.ts';
import { httpEvents } from './http-events.ts';
import { log } from './log.ts';
import type { RequestContext } from './subgraph.ts';
import { noSchema } from './subgraph-executor.ts';

/** Makes the answer of a subgraph to API Gateway events. */
export function subgraphHttp<Context extends RequestContext>(
  { schema, showsSchema }: { schema: GraphQLSchema; showsSchema: boolean },
  contextOf: (requestId: string) => Context,
) {
  const server = new ApolloServer<Context>({
    schema,
    formatError: maskErrors(log),
    includeStacktraceInErrorResponses: false,
    introspection: showsSchema,
    hideSchemaDetailsFromClientErrors: !showsSchema,
    validationRules: showsSchema ? [] : [noSchema],
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const answer = startServerAndCreateLambdaHandler(server, httpEvents(), {
    context: async () => contextOf(randomUUID()),
  });
  return async (event: APIGatewayProxyEventV2, lambda: LambdaContext): Promise<unknown> =>
    answer(event, lambda, () => undefined);
}
