import { hash } from 'node:crypto';
import { log } from '#platform/telemetry/log.ts';
import { HEADER_RULES } from '../defaults/header-rules.ts';
import { readSupergraph } from '../engine/plan/supergraph.ts';
import { Gateway, type GatewayOptions } from '../gateway.ts';
import type { GatewayHooks } from '../hooks/hooks.ts';
import { crossOrigin, LOCAL_ORIGINS } from '../http/cors.ts';
import { type Endpoint, GRAPHQL_METHODS, respondAt } from '../http/endpoints.ts';
import type { HeaderRules } from '../http/header-rules.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { jsonResponse } from '../http/response.ts';
import { type Limits, limitsFrom } from '../limits/limits.ts';
import { CachingPlanner } from '../operations/caching-planner.ts';
import { OperationFinder } from '../operations/find-operation.ts';
import { programRunner } from '../operations/run-program.ts';
import { subgraphSender } from '../subgraphs/subgraph-sender.ts';
import type { Transport } from '../subgraphs/transports/transport.ts';

/** Execution engines: this project's, or the package `@apollo/gateway`. */
export const ENGINES = ['own', 'apollo'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface StandaloneOptions {
  supergraphSdl: string;
  engine?: EngineName;
  transportFor: (address: string) => Transport;
  /** Timeout of a subgraph call in milliseconds. */
  timeout?: number | undefined;
  headerRules?: HeaderRules;
  hooks?: GatewayHooks;
  /** Authentication and authorization; by default, clients are not authenticated and see every field. */
  access?: Pick<GatewayOptions, 'identify' | 'policies' | 'limits'>;
}

/** Limits that only protect the process, for any client and supergraph. */
export const GENEROUS_LIMITS: Limits = {
  ...limitsFrom(undefined),
  bodyBytes: 10 * 1024 * 1024,
  characters: Number.POSITIVE_INFINITY,
  tokens: 50_000,
  depth: Number.POSITIVE_INFINITY,
  fields: Number.POSITIVE_INFINITY,
  aliases: Number.POSITIVE_INFINITY,
  rootFields: Number.POSITIVE_INFINITY,
  directives: Number.POSITIVE_INFINITY,
  cost: Number.POSITIVE_INFINITY,
  representations: Number.POSITIVE_INFINITY,
  calls: Number.POSITIVE_INFINITY,
  responseBytes: Number.POSITIVE_INFINITY,
};

const UNRESTRICTED = { identify: async () => undefined, policies: {}, limits: GENEROUS_LIMITS };

/** Milliseconds, as the deployed gateway's timeout. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Returns a request handler for any supergraph, with `/graphql` and `/health`. */
export async function standaloneGateway({
  supergraphSdl,
  engine = 'own',
  transportFor,
  timeout,
  headerRules = HEADER_RULES,
  hooks = {},
  access = UNRESTRICTED,
}: StandaloneOptions): Promise<(request: HttpRequest) => Promise<HttpResponse>> {
  const { subgraphs } = readSupergraph(supergraphSdl);
  const addresses = Object.fromEntries(subgraphs.map(({ name, url }) => [name, url]));
  const run = programRunner({
    send: subgraphSender({ addresses, transportFor, timeout, hook: hooks.onSubgraphRequest }),
  });
  const loadPlanner = async () => {
    if (engine === 'own')
      return new CachingPlanner({
        supergraphSdl,
        run,
        introspection: true,
        ...(access !== UNRESTRICTED && { factRules: access.limits }),
      });
    const { apolloGatewayPlanner } = await import('./apollo-gateway.ts');
    return apolloGatewayPlanner(supergraphSdl);
  };
  const gateway = new Gateway({
    operations: new OperationFinder({ loadPlanner, limits: access.limits, safelist: 'off', showPlans: true, log }),
    ...access,
    headerRules,
    hooks,
    explains: engine === 'own',
  });
  const supergraph = hash('sha256', supergraphSdl).slice(0, 12);
  const timeLeft = Math.max(REQUEST_TIMEOUT_MS, timeout ?? 0);
  const endpoints = new Map<string, Endpoint>([
    ['/health', { methods: ['GET'], respond: () => jsonResponse({ status: 'ok', supergraph }) }],
    ['/graphql', { methods: GRAPHQL_METHODS, respond: (request) => gateway.respond(request, { timeLeft }) }],
  ]);
  return (request) =>
    crossOrigin({ origins: LOCAL_ORIGINS }, request, () => respondAt(endpoints.get(request.path), request));
}
