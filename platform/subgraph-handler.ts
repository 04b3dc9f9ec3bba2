import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda';
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import { GraphQLError, parse } from 'graphql';
import { isSubgraphRequest, type SubgraphRequest, type SubgraphResponse } from './envelope.ts';
import { maskErrors } from './errors.ts';
import { httpEvents } from './http-events.ts';
import { type Log, log, requestLog } from './log.ts';
import type { Viewer } from './viewer.ts';

/** What every subgraph knows of a request; a subgraph's own context adds its stores and loaders. */
export interface RequestContext {
  viewer: Viewer | undefined;
  requestId: string;
  log: Log;
}

export interface Subgraph<Context extends RequestContext> {
  /** The subgraph's schema, SDL text. */
  typeDefs: string;
  resolvers: object;
  /** Makes the context of one request: fresh loaders, the viewer, the clock. */
  context: (request: RequestContext) => Context;
}

/** Builds the server of a subgraph, not started. */
export function subgraphServer<Context extends RequestContext>({ typeDefs, resolvers }: Subgraph<Context>) {
  const modules = [{ typeDefs: parse(typeDefs), resolvers: resolvers as Record<string, never> }];
  return new ApolloServer<Context>({
    schema: buildSubgraphSchema(modules),
    formatError: maskErrors(log),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
}

/**
 * A subgraph's Lambda handler. It answers the gateway's envelope, and API Gateway events so that an explorer, curl or
 * rover can talk to one subgraph; those have no viewer.
 */
export function subgraphHandler<Context extends RequestContext>(subgraph: Subgraph<Context>) {
  const server = subgraphServer(subgraph);
  const answerHttp = startServerAndCreateLambdaHandler(server, httpEvents(), {
    context: async () => subgraph.context(requestContext(randomUUID(), undefined)),
  });

  async function answerGateway(request: SubgraphRequest): Promise<SubgraphResponse> {
    if (request.deadline <= Date.now()) return tooLate();
    const contextValue = subgraph.context(requestContext(request.requestId, request.viewer));
    const { query, operationName, variables } = request;
    const { body } = await server.executeOperation(
      { query, ...(operationName && { operationName }), ...(variables && { variables }) },
      { contextValue },
    );
    if (body.kind !== 'single') throw new Error('Incremental delivery is not part of the envelope');
    return body.singleResult as SubgraphResponse;
  }

  return async (event: SubgraphRequest | APIGatewayProxyEventV2, lambda: LambdaContext) =>
    isSubgraphRequest(event) ? answerGateway(event) : answerHttp(event, lambda, () => undefined);
}

function requestContext(requestId: string, viewer: Viewer | undefined): RequestContext {
  return { viewer, requestId, log: requestLog(requestId) };
}

function tooLate(): SubgraphResponse {
  const error = new GraphQLError('The request had run out of time when it arrived.', {
    extensions: { code: 'SUBGRAPH_TIMEOUT' },
  });
  return { errors: [error.toJSON()] };
}
