import { APOLLO_PLUGINS } from 'graph:apollo-plugins.ts';
import { HEADER_RULES } from 'graph:header-rules.ts';
import { HOOKS } from 'graph:hooks.ts';
import { POLICIES } from 'graph:policies.ts';
import type { Writable } from 'node:stream';
import type { Context as LambdaContext } from 'aws-lambda';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import { safelistMode } from '#platform/safelist.ts';
import { coldStartTimer } from '#platform/telemetry/cold-start.ts';
import { log } from '#platform/telemetry/log.ts';
import { viewerFromToken } from './authorization/viewer-from-token.ts';
import { Gateway } from './gateway.ts';
import { corsFrom, crossOrigin } from './http/cors.ts';
import { type Endpoint, GRAPHQL_METHODS, notFound, respondAt } from './http/endpoints.ts';
import { type FunctionUrlEvent, httpRequestFrom, writeResponse } from './http/function-url.ts';
import type { HttpRequest, HttpResponse } from './http/http-message.ts';
import { originCheck } from './http/origin-secret.ts';
import { errorResponse, jsonResponse } from './http/response.ts';
import { limitsFrom } from './limits/limits.ts';
import type { PlannedGraph } from './operations/bundled-planner.ts';
import type { CachingPlanner } from './operations/caching-planner.ts';
import { Contracts, isContractPath } from './operations/contracts.ts';
import { OperationFinder } from './operations/find-operation.ts';
import type { OperationKey } from './operations/operation.ts';
import { PrecompiledOperations, RegisteredOperations } from './operations/registered-operations.ts';
import { programRunner } from './operations/run-program.ts';
import { storedQueries } from './operations/stored-queries.ts';
import type { GatewayRequest, HostFacts } from './request.ts';
import { preWarming } from './subgraphs/pre-warming.ts';
import { subgraphSender } from './subgraphs/subgraph-sender.ts';
import { lambdaEndpoint, ping } from './subgraphs/transports/invoke.ts';
import { transportFor } from './subgraphs/transports/transport-for.ts';
import { logOther, measureRequest, type Sent } from './telemetry/request-metrics.ts';
import { shareFrom } from './telemetry/usage/operation-usage.ts';
import { writeUsage } from './telemetry/usage/usage-line.ts';

const transports = { lambda: lambdaEndpoint(), functionPrefix: requiredEnv('FUNCTION_PREFIX') };
const cors = corsFrom(optionalEnv('CORS'));
const limits = limitsFrom(optionalEnv('LIMITS'));
const introspection = requiredEnv('INTROSPECTION') === 'on';
const safelist = safelistMode(optionalEnv('SAFELIST'));
const compression = optionalEnv('COMPRESSION') !== 'off';
const queryTable = optionalEnv('QUERY_TABLE');
const tracedShare = shareFrom(optionalEnv('USAGE_TRACED_SHARE'));
const originSecret = optionalEnv('ORIGIN_SECRET');
const cameThroughCloudFront = originCheck(originSecret);
const identify = viewerFromToken({ issuer: requiredEnv('TOKEN_ISSUER'), audience: requiredEnv('TOKEN_AUDIENCE') });
const registered = new RegisteredOperations(import.meta.dirname);
const addresses = registered.graph.subgraphs;

const run = programRunner({
  send: subgraphSender({
    addresses,
    transportFor: (address) => transportFor(address, transports),
    hook: HOOKS.onSubgraphRequest,
  }),
  bounds: limits,
  ...(optionalEnv('PREWARM') === 'on' && { beforeRun: preWarming(pingSubgraph) }),
});

function pingSubgraph(service: string): void {
  const [scheme, name] = (addresses[service] ?? '').split('://');
  if (scheme === 'lambda') ping(transports.lambda, `${transports.functionPrefix}${name}`);
}

const precompiled = new PrecompiledOperations(registered, run, (text) => operations.plan(text, undefined));

const shared = {
  registered: (id: string) => registered.get(id),
  ...(safelist !== 'only' && queryTable && { stored: storedQueries(queryTable, log) }),
  limits,
  safelist,
  showPlans: introspection,
  log,
};

const operations = new OperationFinder({
  ...shared,
  // With plugins, Apollo Server runs every operation.
  ...(APOLLO_PLUGINS.length === 0 && { precompiled: (key: OperationKey) => precompiled.find(key) }),
  loadPlanner: () => loadPlanner(),
});

/** Loads the planner and the schema, for operations that the build has not planned. */
async function loadPlanner(graph?: PlannedGraph): Promise<CachingPlanner> {
  const { createPlanner } = await import('./operations/bundled-planner.ts');
  return createPlanner({ run, introspection, plugins: APOLLO_PLUGINS, factRules: limits }, graph);
}

function gatewayOver(finder: OperationFinder): Gateway {
  const graph = { policies: POLICIES, headerRules: HEADER_RULES, hooks: HOOKS };
  const options = { limits, compression, tracedShare, explains: introspection };
  return new Gateway({ operations: finder, identify, ...graph, ...options, record });
}

function record(request: GatewayRequest, response: HttpResponse, sent: Sent): void {
  measureRequest(request, response, sent);
  if (request.usage) writeUsage(request.usage, request.http);
}

const gateway = gatewayOver(operations);

/** Gateways of the contracts, each at `/graphql/NAME`. */
const contracts = new Contracts(import.meta.dirname, (graph) =>
  gatewayOver(new OperationFinder({ ...shared, loadPlanner: () => loadPlanner(graph) })),
);

const coldStartTime = coldStartTimer();

/** Streams the response; writes the request's log line afterwards, for which no client waits. */
async function handle(event: FunctionUrlEvent, stream: Writable, lambda: LambdaContext): Promise<void> {
  const began = monotonicNow();
  const { requestId } = event.requestContext;
  const host = { requestId, timeLeft: lambda.getRemainingTimeInMillis(), init: coldStartTime() };
  const request = httpRequestFrom(event, originSecret !== undefined);
  const response = await crossOrigin(cors, request, () => respond(request, host));
  response.headers['x-request-id'] = requestId;
  const bytes = await writeResponse(stream, response);
  if (response.onSent) await response.onSent(bytes);
  else logOther(requestId, request, response, { bytes, milliseconds: monotonicNow() - began });
}

async function respond(request: HttpRequest, host: HostFacts): Promise<HttpResponse> {
  if (cameThroughCloudFront(request)) return respondAt(endpointAt(request.path, host), request);
  const message = 'Direct access is not allowed. Use the address of the API.';
  return errorResponse(403, { code: 'FORBIDDEN', message });
}

function endpointAt(path: string, host: HostFacts): Endpoint | undefined {
  if (path === '/health') return HEALTH;
  const graph =
    path === '/graphql' ? () => gateway : isContractPath(path) ? () => contracts.gatewayFor(path) : undefined;
  return graph && { methods: GRAPHQL_METHODS, respond: (request) => graph()?.respond(request, host) ?? notFound() };
}

const HEALTH: Endpoint = {
  methods: ['GET'],
  respond: () => jsonResponse({ status: 'ok', supergraph: registered.graph.supergraph }),
};

export const handler = awslambda.streamifyResponse(handle);
