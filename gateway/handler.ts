import { POLICIES } from 'graph:policies.ts';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { loadedOnce } from '#platform/loaded-once.ts';
import { span } from '#platform/span.ts';
import { countsOf, gatewayContext, traceparentFrom } from './context.ts';
import { Contracts } from './contracts.ts';
import { edgeCheck } from './edge.ts';
import type { FullGateway } from './full-gateway.ts';
import { errorResult, requestIn, resultOf, sent } from './lambda-http.ts';
import { limitsFrom } from './limits/limits.ts';
import { preWarming } from './pre-warming.ts';
import { OperationStore } from './prepared/operation-store.ts';
import { PreparedGateway } from './prepared/prepared-gateway.ts';
import { measureRequest } from './request-metrics.ts';
import { safelistMode } from './safelist.ts';
import { subgraphSender } from './subgraphs.ts';
import { lambdaEndpoint, ping } from './transports/invoke.ts';
import { transportFor as makeTransport } from './transports/transport-for.ts';
import { OperationUsage, shareFrom } from './usage/operation-usage.ts';
import { writeUsage } from './usage/usage-line.ts';
import { tokenVerifier } from './viewer-from-token.ts';

const transports = { lambda: lambdaEndpoint(), functionPrefix: requiredEnv('FUNCTION_PREFIX') };
const transportFor = (address: string) => makeTransport(address, transports);
const verify = tokenVerifier({ issuer: requiredEnv('TOKEN_ISSUER'), audience: requiredEnv('TOKEN_AUDIENCE') });
const cameByEdge = edgeCheck(optionalEnv('ORIGIN_SECRET'));
const limits = limitsFrom(optionalEnv('LIMITS'));
const operations = new OperationStore(import.meta.dirname);
const options = {
  introspection: requiredEnv('INTROSPECTION') === 'on',
  safelist: safelistMode(optionalEnv('SAFELIST')),
  queryTable: optionalEnv('QUERY_TABLE'),
};

/** The share of operations that are traced for Apollo Studio; nothing is told to it where this is left out. */
const tracedShare = shareFrom(optionalEnv('USAGE_TRACED_SHARE'));

let full: FullGateway | undefined;

/** The planner, the schema and Apollo Server are loaded when somebody first asks for what is not prepared. */
const wholeGateway = loadedOnce(async () => {
  full = await loadGateway();
  return full;
});

async function loadGateway(supergraph?: string): Promise<FullGateway> {
  const { fullGateway } = await import('./full-gateway.ts');
  return fullGateway({ operations, transportFor, verify, limits, ...options, ...(supergraph && { supergraph }) });
}

const prepared = new PreparedGateway({
  operations: { find: (asked) => operations.find(asked) ?? full?.prepared?.find(asked) },
  send: subgraphSender(operations.graph.subgraphs, transportFor),
  admission: { maxCost: limits.cost, policies: POLICIES },
  bounds: limits,
  maxBytes: limits.bodyBytes,
  ...(optionalEnv('PREWARM') === 'on' && { beforeRun: preWarming(pingSubgraph) }),
});

function pingSubgraph(service: string): void {
  const [scheme, name] = (operations.graph.subgraphs[service] ?? '').split('://');
  if (scheme === 'lambda') ping(transports.lambda, `${transports.functionPrefix}${name}`);
}

/** Parts of the graph, each at an address of its own, by the name of their contract. */
const contracts = new Contracts(import.meta.dirname, (supergraph) => loadGateway(supergraph));

const health: APIGatewayProxyStructuredResultV2 = {
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  body: JSON.stringify({ status: 'ok', supergraph: operations.graph.supergraph }),
};

const elsewhere = errorResult(403, 'This is not the address of the API.', { code: 'FORBIDDEN' });

export async function handler(
  event: APIGatewayProxyEventV2,
  lambda: LambdaContext,
): Promise<APIGatewayProxyStructuredResultV2> {
  if (!cameByEdge(event)) return sent(elsewhere, limits.responseBytes);
  if (event.rawPath === '/health') return health;
  const began = performance.now();
  if (tracedShare !== undefined) countsOf(lambda).usage = new OperationUsage(tracedShare);
  const traceparent = traceparentFrom(event.headers.traceparent);
  const attributes = () => ({ 'graphql.operation.name': countsOf(lambda).operation });
  const answered = await span('graphql request', { kind: 'SERVER', traceparent, attributes }, (own) =>
    answer({ ...event, headers: { ...event.headers, traceparent: own } }, lambda),
  );
  const result = sent(answered, limits.responseBytes);
  measureRequest({ event, lambda, traceparent, result, milliseconds: performance.now() - began });
  const { usage } = countsOf(lambda);
  if (usage) writeUsage(usage, event);
  return result;
}

async function answer(
  event: APIGatewayProxyEventV2,
  lambda: LambdaContext,
): Promise<APIGatewayProxyStructuredResultV2> {
  const contract = contracts.gatewayFor(event.rawPath);
  if (contract) return (await contract).answer(event, lambda);
  if (event.rawPath !== '/graphql') return errorResult(404, 'There is no such contract.', { code: 'NOT_FOUND' });
  const direct = await prepared.answer(requestIn(event), () => gatewayContext(event, lambda, verify));
  return direct ? resultOf(direct) : (await wholeGateway()).answer(event, lambda);
}
