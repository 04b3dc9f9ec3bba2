import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isToldToClients, maskErrors } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import type { GatewayContext } from './context.ts';
import { Engine, type Guard, operationKey } from './engine/engine.ts';
import type { Surroundings } from './engine/run/execution.ts';
import { type GuardOptions, OperationGuard } from './operation-guard.ts';
import type { PreparedOperations } from './prepared/prepared-operation.ts';
import type { QueryStore } from './query-store.ts';
import { SubgraphClient } from './subgraph-client.ts';
import type { Transport } from './transports/transport.ts';
import { UNREADABLE_KEYS, usageKey } from './usage/usage-key.ts';

export interface GatewayOptions {
  /** The composed supergraph, SDL text. */
  supergraphSdl: string;
  /** Gives the transport for a subgraph's address. */
  transportFor: (address: string) => Transport;
  /** Whether clients may ask for the schema and for the plan of an operation. */
  introspection: boolean;
  /** The longest that a subgraph is waited for, milliseconds. */
  subgraphTimeout?: number;
  /** What an operation may cost, and who may see what; nothing is refused where it is left out. */
  guard?: Pick<GuardOptions, 'limits' | 'policies'>;
  /** Where clients store operations by their hash; nowhere if it is left out. */
  persistedQueries?: QueryStore;
}

/** The largest operation that is read, in tokens, where no limit is stricter: a few hundred times a usual one. */
const MAX_TOKENS = 50_000;

/** Characters of names and signatures of operations that are kept. */
const MAX_USAGE_KEYS = 2_000_000;

/** A gateway over a supergraph. */
export interface GatewayServer {
  /** Not started. */
  server: ApolloServer<GatewayContext>;
  /** What it has run before is prepared to be run again. */
  prepared: PreparedOperations;
  /** Sends operations to subgraphs, once the server is started. */
  send: (context: GatewayContext) => Surroundings['send'];
}

/** Apollo Server over the supergraph. */
export function gatewayServer({
  supergraphSdl,
  transportFor,
  introspection,
  subgraphTimeout,
  guard,
  persistedQueries,
}: GatewayOptions): GatewayServer {
  let operationGuard: OperationGuard | undefined;
  const usageKeys = new LRUCache<string, string>({ maxSize: MAX_USAGE_KEYS });
  const gateway = new Engine<GatewayContext>({
    supergraphSdl,
    showPlans: introspection,
    ...(guard && {
      bounds: guard.limits,
      guard: (supergraph, schema) => {
        operationGuard = new OperationGuard({ ...guard, supergraph, schema });
        return guardOf(operationGuard);
      },
    }),
    subgraph: (name, address) => {
      const client = new SubgraphClient({
        name,
        transport: transportFor(address),
        ...(subgraphTimeout && { timeout: subgraphTimeout }),
      });
      return (operation, variables, context) => client.send(operation, variables, context);
    },
    watch: ({ usage }) => usage,
  });
  const server = new ApolloServer<GatewayContext>({
    gateway,
    introspection,
    // Who may not read the schema is not told what it may have meant.
    hideSchemaDetailsFromClientErrors: !introspection,
    persistedQueries: persistedQueries ? { cache: persistedQueries, ttl: null } : false,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError: maskErrors(log),
    includeStacktraceInErrorResponses: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      clientMistakesAre400,
      unreadableIs200AsPlainJson,
      headersOfSubgraphs,
      usageOfOperations(usageKeys),
    ],
  });
  const prepared: PreparedOperations = {
    find: ({ id, operationName, byText }) => {
      if (!byText) return undefined;
      const key = operationKey(id, operationName);
      const facts = operationGuard?.knownFacts(key);
      if (guard && !facts) return undefined;
      const usageKey = usageKeys.get(key);
      return {
        facts,
        programFor: (met) => gateway.programMade(key, met),
        ...(usageKey && { usage: { key: usageKey } }),
      };
    },
  };
  return { server, prepared, send: (context) => gateway.send(context) };
}

function guardOf(guard: OperationGuard): Guard<GatewayContext> {
  return ({ context, ...request }) => {
    const { key, withhold, facts } = guard.admit({ ...request, viewer: context.viewer });
    return { key, withhold, caching: facts.caching };
  };
}

/** Apollo Server answers 500 to some mistakes of clients, such as an operation name that the document has not. */
const clientMistakesAre400: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, errors = [] }) => {
      const isClientsFault = errors.length > 0 && errors.every(({ extensions }) => isToldToClients(extensions.code));
      if (response.http.status === 500 && isClientsFault) response.http.status = 400;
    },
  }),
};

/** A document that cannot be run, or variables that do not fit it. */
const UNREADABLE: ReadonlySet<unknown> = new Set([
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.BAD_USER_INPUT,
]);

/**
 * A client that takes nothing but `application/json` is an old one, to which a status other than 200 says that no
 * GraphQL server answered; https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
const unreadableIs200AsPlainJson: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async ({ request }) => ({
    willSendResponse: async ({ response, errors = [] }) => {
      if (request.http?.headers.get('accept') !== 'application/json' || response.http.status !== 400) return;
      if (errors.every(({ extensions }) => UNREADABLE.has(extensions.code))) response.http.status = 200;
    },
  }),
};

/** Gives the client the headers of subgraphs that the rules name. Several values stand on a line each. */
const headersOfSubgraphs: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      for (const [name, values] of contextValue.returned?.entries() ?? [])
        response.http.headers.set(name, values.join('\n'));
    },
  }),
};

/** Tells of an operation what Apollo Studio wants to know, where that is wanted. */
function usageOfOperations(keys: LRUCache<string, string>): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ contextValue: { usage }, overallCachePolicy, errors = [], ...asked }) => {
        if (!usage || asked.source === undefined) return;
        usage.operation = { key: keyOf(asked, errors, keys) };
        usage.cache = overallCachePolicy.policyIfCacheable() ?? undefined;
        usage.failed(errors);
      },
    }),
  };
}

type Asked = Pick<
  GraphQLRequestContext<GatewayContext>,
  'document' | 'operation' | 'operationName' | 'queryHash' | 'request'
>;

function keyOf(
  { document, operation, operationName, queryHash = '', request }: Asked,
  errors: readonly GraphQLError[],
  keys: LRUCache<string, string>,
): string {
  if (!document) return UNREADABLE_KEYS.unparsed;
  if (errors.some(({ extensions }) => extensions.code === ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED))
    return UNREADABLE_KEYS.invalid;
  if (!operation) return UNREADABLE_KEYS.unknownName;
  const id = operationKey(queryHash, request.operationName);
  const key = keys.get(id) ?? usageKey(document, operationName);
  keys.set(id, key, { size: key.length });
  return key;
}
