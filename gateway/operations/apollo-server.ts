import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GatewayExecutionResult, GatewayInterface } from '@apollo/server-gateway-interface';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { log } from '#platform/telemetry/log.ts';
import type { ProgramResult } from '../engine/run/execution.ts';
import type { GraphQLResult } from '../http/response.ts';
import type { GatewayRequest } from '../request.ts';
import type { OperationKey } from './operation.ts';
import { maskError, maskedErrors } from './run-program.ts';

/** Apollo Server's request context, as its plugins see it. */
export interface ApolloContext {
  request: GatewayRequest;
  /** Runs the operation; undefined if Apollo Gateway does. */
  run?: () => Promise<GatewayExecutionResult>;
}

/** Apollo Server plugins, called for every request. */
export type ApolloPlugins = ApolloServerPlugin<ApolloContext>[];

/** A validated operation. */
interface ValidOperation {
  key: OperationKey;
  text: string;
  document: DocumentNode;
}

/** Runs an operation within Apollo Server's request lifecycle, so that its plugins are called. */
export type ApolloExecutor = (
  request: GatewayRequest,
  operation: ValidOperation,
  run: () => Promise<ProgramResult>,
) => Promise<GraphQLResult>;

export interface ApolloExecutorOptions {
  /** The API schema. */
  schema: GraphQLSchema;
  supergraphSdl: string;
  plugins: ApolloPlugins;
}

/** Starts an Apollo Server that only calls its plugins: all other stages are the gateway's own. */
export async function createApolloExecutor({
  schema,
  supergraphSdl,
  plugins,
}: ApolloExecutorOptions): Promise<ApolloExecutor> {
  const documents = new Map<string, DocumentNode>();
  const server = apolloServer(engineGateway(schema, supergraphSdl), plugins, {
    // The document is already parsed and validated, so Apollo Server skips both.
    get: async (key) => documents.get(key.slice(key.lastIndexOf(':') + 1)),
    set: async () => {},
    delete: async () => false,
  });
  await server.start();
  return async (request, { key, text, document }, run) => {
    let result: ProgramResult | undefined;
    const runOnce = async () => {
      try {
        result = await run();
        return result;
      } catch (error) {
        if (error instanceof GraphQLError) return { errors: [error] };
        throw error;
      }
    };
    documents.set(key.id, document);
    try {
      const answer = await executeWithApollo(server, request, text, runOnce);
      return result?.incremental ? { ...answer, incremental: result.incremental } : answer;
    } catch (error) {
      if (!result) throw error;
      // The operation has run, so the client gets its result although a plugin failed.
      log.error('Apollo Server plugin failed', { requestId: request.requestId, error: error as Error });
      const { errors, ...rest } = result;
      return { ...rest, errors: maskedErrors(errors) };
    } finally {
      documents.delete(key.id);
    }
  };
}

/** Executes one operation with a started Apollo Server. */
export async function executeWithApollo(
  server: ApolloServer<ApolloContext>,
  request: GatewayRequest,
  query: string,
  run?: ApolloContext['run'],
): Promise<GraphQLResult> {
  const { operationName, variables } = request.parameters ?? {};
  const graphqlRequest = { query, variables: variables ?? {}, ...(operationName && { operationName }) };
  const { body, http } = await server.executeOperation(graphqlRequest, {
    contextValue: { request, ...(run && { run }) },
  });
  const { data, errors, extensions } = body.kind === 'single' ? body.singleResult : body.initialResult;
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors }),
    ...(extensions && { extensions }),
    ...(http.status && { http: { status: http.status } }),
    headers: http.headers,
  };
}

/** Returns an Apollo Server for a gateway, without the features that the request pipeline has itself. */
export function apolloServer(
  gateway: GatewayInterface,
  plugins: ApolloPlugins,
  documentStore: ConstructorParameters<typeof ApolloServer<ApolloContext>>[0]['documentStore'] = undefined,
): ApolloServer<ApolloContext> {
  return new ApolloServer<ApolloContext>({
    gateway,
    documentStore,
    introspection: true,
    persistedQueries: false,
    formatError: maskError,
    includeStacktraceInErrorResponses: false,
    logger: {
      debug: () => {},
      info: () => {},
      warn: (message) => log.warn(String(message)),
      error: (message) => log.error(String(message)),
    },
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ...plugins,
    ],
  });
}

/** Adapts the engine to Apollo Server's gateway interface: the executor calls `run` of the request's context. */
function engineGateway(apiSchema: GraphQLSchema, coreSupergraphSdl: string): GatewayInterface {
  let listener: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] = () => {};
  return {
    onSchemaLoadOrUpdate: (callback) => {
      listener = callback;
      return () => {};
    },
    load: async () => {
      listener({ apiSchema, coreSupergraphSdl });
      return { executor: async ({ context }) => (context as ApolloContext).run?.() ?? { data: null } };
    },
    stop: async () => {},
  };
}
