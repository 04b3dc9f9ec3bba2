import { APOLLO_PLUGINS } from 'graph:apollo-plugins.ts';
import { HEADER_RULES } from 'graph:header-rules.ts';
import { HOOKS } from 'graph:hooks.ts';
import { POLICIES } from 'graph:policies.ts';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { safelistMode } from '#platform/safelist.ts';
import { log } from '#platform/telemetry/log.ts';
import { tokenVerifier } from './authorization/viewer-from-token.ts';
import { Gateway } from './gateway.ts';
import type { HttpResponse } from './http/http-message.ts';
import { limitsFrom } from './limits/limits.ts';
import type { CachingPlanner } from './operations/caching-planner.ts';
import { Contracts } from './operations/contracts.ts';
import type { PlannedGraph } from './operations/deployed-planner.ts';
import { OperationFinder } from './operations/find-operation.ts';
import type { OperationKey } from './operations/operation.ts';
import { PrecompiledOperations, RegisteredOperations } from './operations/registered-operations.ts';
import { programRunner } from './operations/run-program.ts';
import { storedQueries } from './operations/stored-queries.ts';
import type { GatewayRequest } from './request.ts';
import { preWarming } from './subgraphs/pre-warming.ts';
import { subgraphSender } from './subgraphs/subgraph-sender.ts';
import { lambdaEndpoint, ping } from './subgraphs/transports/invoke.ts';
import { transportFor } from './subgraphs/transports/transport-for.ts';
import { measureRequest, type Sent } from './telemetry/request-metrics.ts';
import { shareFrom } from './telemetry/usage/operation-usage.ts';
import { writeUsage } from './telemetry/usage/usage-line.ts';

/**
 * The gateway as the environment and the asset's folder configure it: wiring only, shared by the functions that run operations.
 */
const transports = { lambda: lambdaEndpoint(), functionPrefix: requiredEnv('FUNCTION_PREFIX') };
export const limits = limitsFrom(optionalEnv('LIMITS'));
const introspection = requiredEnv('INTROSPECTION') === 'on';
const safelist = safelistMode(optionalEnv('SAFELIST'));
const compression = optionalEnv('COMPRESSION') !== 'off';
const queryTable = optionalEnv('QUERY_TABLE');
export const tracedShare = shareFrom(optionalEnv('USAGE_TRACED_SHARE'));
/** Verifies the token of an Authorization header. */
export const verify = tokenVerifier({ issuer: requiredEnv('TOKEN_ISSUER'), audience: requiredEnv('TOKEN_AUDIENCE') });
export const registered = new RegisteredOperations(import.meta.dirname);
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
  const { createPlanner } = await import('./operations/deployed-planner.ts');
  return createPlanner({ run, introspection, plugins: APOLLO_PLUGINS, factRules: limits }, graph);
}

function gatewayOver(finder: OperationFinder): Gateway {
  const graph = { policies: POLICIES, headerRules: HEADER_RULES, hooks: HOOKS };
  const options = { limits, compression, tracedShare, explains: introspection };
  return new Gateway({
    operations: finder,
    identify: async (header) => (await verify(header))?.viewer,
    ...graph,
    ...options,
    record,
  });
}

function record(request: GatewayRequest, response: HttpResponse, sent: Sent): void {
  measureRequest(request, response, sent);
  if (request.usage) writeUsage(request.usage, request.http);
}

/** The gateway of the whole graph. */
export const gateway = gatewayOver(operations);

/** Gateways of the contracts, each at `/graphql/NAME`. */
export const contracts = new Contracts(import.meta.dirname, (graph) =>
  gatewayOver(new OperationFinder({ ...shared, loadPlanner: () => loadPlanner(graph) })),
);
