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
import { maskError } from './run-program.ts';

/** What Apollo Server's plugins see as the context of a request. */
export interface RoadContext {
  request: GatewayRequest;
  /** Runs the operation; undefined where Apollo Gateway does. */
  run?: () => Promise<GatewayExecutionResult>;
}

/** Plugins that every run of an operation calls. */
export type ApolloPlugins = ApolloServerPlugin<RoadContext>[];

/** A valid operation of a document. */
interface ReadOperation {
  key: OperationKey;
  text: string;
  document: DocumentNode;
}

/** Runs an operation with Apollo Server and its plugins around it. */
export type ApolloRoad = (
  request: GatewayRequest,
  operation: ReadOperation,
  run: () => Promise<ProgramResult>,
) => Promise<GraphQLResult>;

export interface ApolloRoadOptions {
  /** The API that clients see. */
  schema: GraphQLSchema;
  supergraphSdl: string;
  plugins: ApolloPlugins;
}

/** Starts an Apollo Server that does nothing but call its plugins: the stages around and inside are the gateway's own. */
export async function apolloRoad({ schema, supergraphSdl, plugins }: ApolloRoadOptions): Promise<ApolloRoad> {
  const documents = new Map<string, DocumentNode>();
  const server = apolloServer(engineGateway(schema, supergraphSdl), plugins, {
    // The document was parsed and validated: Apollo Server does neither again.
    get: async (key) => documents.get(key.slice(key.lastIndexOf(':') + 1)),
    set: async () => {},
    delete: async () => false,
  });
  await server.start();
  return async (request, { key, text, document }, run) => {
    let answer: ProgramResult | undefined;
    const runOnce = async () => {
      try {
        answer = await run();
        return answer;
      } catch (error) {
        if (error instanceof GraphQLError) return { errors: [error] };
        throw error;
      }
    };
    documents.set(key.id, document);
    try {
      return await throughApollo(server, request, text, runOnce);
    } catch (error) {
      if (!answer) throw error;
      // A plugin has failed, but what was run is done: the client gets its answer.
      log.error('a plugin of Apollo Server failed', { requestId: request.requestId, error: error as Error });
      const { data, errors } = answer;
      return { data, errors: errors.map((each) => maskError(each.toJSON(), each)) };
    } finally {
      documents.delete(key.id);
    }
  };
}

/** Sends one operation through an Apollo Server that is started. */
export async function throughApollo(
  server: ApolloServer<RoadContext>,
  request: GatewayRequest,
  query: string,
  run?: RoadContext['run'],
): Promise<GraphQLResult> {
  const { operationName, variables } = request.parameters ?? {};
  const asked = { query, variables: variables ?? {}, ...(operationName && { operationName }) };
  const { body, http } = await server.executeOperation(asked, { contextValue: { request, ...(run && { run }) } });
  const { data, errors, extensions } = body.kind === 'single' ? body.singleResult : body.initialResult;
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors }),
    ...(extensions && { extensions }),
    ...(http.status && { http: { status: http.status } }),
    headers: http.headers,
  };
}

/** Returns an Apollo Server over a gateway, without what the pipeline does itself. */
export function apolloServer(
  gateway: GatewayInterface,
  plugins: ApolloPlugins,
  documentStore: ConstructorParameters<typeof ApolloServer<RoadContext>>[0]['documentStore'] = undefined,
): ApolloServer<RoadContext> {
  return new ApolloServer<RoadContext>({
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

/** The gateway that Apollo Server sees: each request runs its own operation. */
function engineGateway(apiSchema: GraphQLSchema, coreSupergraphSdl: string): GatewayInterface {
  let listener: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] = () => {};
  return {
    onSchemaLoadOrUpdate: (callback) => {
      listener = callback;
      return () => {};
    },
    load: async () => {
      listener({ apiSchema, coreSupergraphSdl });
      return { executor: async ({ context }) => (context as RoadContext).run?.() ?? { data: null } };
    },
    stop: async () => {},
  };
}
