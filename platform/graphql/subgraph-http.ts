import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda';
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import type { GraphQLSchema } from 'graphql';
import { log } from '../telemetry/log.ts';
import type { SubgraphRequest, SubgraphResponse } from './envelope.ts';
import { maskErrors } from './errors.ts';
import { HTTP_EVENTS } from './http-events.ts';
import type { RequestContext } from './subgraph.ts';
import { noIntrospection } from './subgraph-executor.ts';
import { checkWellFormed } from './well-formed.ts';

/** Header by which a gateway requests a federated trace. */
const WITH_TRACE = new HeaderMap([['apollo-federation-include-trace', 'ftv1']]);

const wellFormedVariables: ApolloServerPlugin = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ request }) => checkWellFormed(request.variables),
  }),
};

/** Returns the handlers of a subgraph that need Apollo Server: of API Gateway events, and of traced operations. */
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
    validationRules: showsSchema ? [] : [noIntrospection],
    plugins: [ApolloServerPluginInlineTrace({ includeErrors: { masked: true } }), wellFormedVariables],
  });
  const answer = startServerAndCreateLambdaHandler(server, HTTP_EVENTS, {
    context: async () => contextOf(randomUUID()),
  });
  return {
    answer: async (event: APIGatewayProxyEventV2, lambda: LambdaContext): Promise<unknown> =>
      answer(event, lambda, () => undefined),
    /** Executes an operation, with the trace `ftv1` in the response's extensions. */
    traced: async (
      { query, operationName, variables }: SubgraphRequest,
      contextValue: Context,
    ): Promise<SubgraphResponse> => {
      const http = { method: 'POST', headers: WITH_TRACE, search: '', body: {} };
      const graphqlRequest = { query, http, ...(operationName && { operationName }), ...(variables && { variables }) };
      const { body } = await server.executeOperation(graphqlRequest, { contextValue });
      return body.kind === 'single' ? body.singleResult : body.initialResult;
    },
  };
}
