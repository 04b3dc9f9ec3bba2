import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda';
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import type { GraphQLSchema } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from './envelope.ts';
import { maskErrors } from './errors.ts';
import { HTTP_EVENTS } from './http-events.ts';
import { log } from './log.ts';
import type { RequestContext } from './subgraph.ts';
import { noSchema } from './subgraph-executor.ts';
import { checkWellFormed } from './well-formed.ts';

/** What a gateway asks for a federated trace with. */
const WITH_TRACE = new HeaderMap([['apollo-federation-include-trace', 'ftv1']]);

const wellFormedVariables: ApolloServerPlugin = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ request }) => checkWellFormed(request.variables),
  }),
};

/** Makes the answers of a subgraph that Apollo Server gives: to API Gateway events, and with a trace of each field. */
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
    plugins: [ApolloServerPluginInlineTrace({ includeErrors: { masked: true } }), wellFormedVariables],
  });
  const answer = startServerAndCreateLambdaHandler(server, HTTP_EVENTS, {
    context: async () => contextOf(randomUUID()),
  });
  return {
    answer: async (event: APIGatewayProxyEventV2, lambda: LambdaContext): Promise<unknown> =>
      answer(event, lambda, () => undefined),
    /** The answer to an operation, with the trace `ftv1` in its extensions. */
    traced: async (
      { query, operationName, variables }: SubgraphRequest,
      contextValue: Context,
    ): Promise<SubgraphResponse> => {
      const http = { method: 'POST', headers: WITH_TRACE, search: '', body: {} };
      const asked = { query, http, ...(operationName && { operationName }), ...(variables && { variables }) };
      const { body } = await server.executeOperation(asked, { contextValue });
      return body.kind === 'single' ? body.singleResult : body.initialResult;
    },
  };
}
