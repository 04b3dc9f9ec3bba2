import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { coldStart, measure } from '#platform/metrics.ts';
import { countsOf, gatewayContext } from './context.ts';
import { Contracts } from './contracts.ts';
import type { FullGateway } from './full-gateway.ts';
import { limitsFrom } from './limits/limits.ts';
import { POLICIES } from './policies.ts';
import { preWarming } from './pre-warming.ts';
import { OPERATIONS, OperationStore } from './prepared/operation-store.ts';
import { type ClientAnswer, PreparedGateway } from './prepared/prepared-gateway.ts';
import type { ClientRequest } from './prepared/prepared-request.ts';
import { safelistMode } from './safelist.ts';
import { subgraphSender } from './subgraphs.ts';
import { lambdaEndpoint, ping } from './transports/invoke.ts';
import { transportFor as makeTransport } from './transports/transport-for.ts';
import { tokenVerifier } from './viewer-from-token.ts';

const transports = { lambda: lambdaEndpoint(), functionPrefix: requiredEnv('FUNCTION_PREFIX') };
const transportFor = (address: string) => makeTransport(address, transports);
const verify = tokenVerifier({ issuer: requiredEnv('TOKEN_ISSUER'), audience: requiredEnv('TOKEN_AUDIENCE') });
const limits = limitsFrom(optionalEnv('LIMITS'));
const operations = new OperationStore(join(import.meta.dirname, OPERATIONS));
const options = {
  introspection: requiredEnv('INTROSPECTION') === 'on',
  safelist: safelistMode(optionalEnv('SAFELIST')),
  queryTable: optionalEnv('QUERY_TABLE'),
};

let full: FullGateway | undefined;
let loading: Promise<FullGateway> | undefined;

/** The planner, the schema and Apollo Server are loaded when somebody first asks for what is not prepared. */
async function wholeGateway(): Promise<FullGateway> {
  loading ??= loadGateway();
  try {
    full = await loading;
    return full;
  } catch (error) {
    // The next request tries again.
    loading = undefined;
    throw error;
  }
}

async function loadGateway(supergraph?: string): Promise<FullGateway> {
  const { fullGateway } = await import('./full-gateway.ts');
  return fullGateway({ operations, transportFor, verify, limits, ...options, ...(supergraph && { supergraph }) });
}

const prepared = new PreparedGateway({
  operations: { find: (id, name) => operations.find(id, name) ?? full?.prepared?.find(id, name) },
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

export async function handler(
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
): Promise<APIGatewayProxyStructuredResultV2> {
  if (event.rawPath === '/health') return health;
  const began = performance.now();
  const result = sent(await answer(event, context));
  const { operation = 'unregistered', subgraphCalls, failedCalls } = countsOf(context);
  measure('answered', {
    dimensions: { operation },
    counts: {
      Requests: 1,
      Errors: Number(result.body?.startsWith('{"errors"') ?? false),
      ColdStarts: coldStart(),
      SubgraphCalls: subgraphCalls,
      FailedSubgraphCalls: failedCalls,
    },
    milliseconds: { Latency: Math.round(performance.now() - began) },
    properties: { requestId: event.requestContext.requestId, status: result.statusCode },
  });
  return result;
}

async function answer(
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
): Promise<APIGatewayProxyStructuredResultV2> {
  const contract = contracts.gatewayFor(event.rawPath);
  if (contract) return (await contract).answer(event, context);
  if (event.rawPath !== '/graphql') return notFound;
  const direct = await prepared.answer(requestIn(event), () => gatewayContext(event, context, verify));
  return direct ? resultOf(direct) : (await wholeGateway()).answer(event, context);
}

const notFound: APIGatewayProxyStructuredResultV2 = {
  statusCode: 404,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify({ errors: [{ message: 'There is no such contract.', extensions: { code: 'NOT_FOUND' } }] }),
};

function resultOf({ status: statusCode, headers, body }: ClientAnswer): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers, body };
}

/** What is sent, if it is not too large to be. */
function sent(result: APIGatewayProxyStructuredResultV2): APIGatewayProxyStructuredResultV2 {
  const bytes = Buffer.byteLength(result.body ?? '');
  if (bytes <= limits.responseBytes) return { ...result, headers: { ...result.headers, ...SECURITY_HEADERS } };
  const message = `The answer has ${bytes} bytes: at most ${limits.responseBytes} are allowed. Ask for less.`;
  const extensions = { code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes' };
  return {
    statusCode: 400,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...SECURITY_HEADERS },
    body: JSON.stringify({ errors: [{ message, extensions }] }),
  };
}

/** https://owasp.org/www-project-secure-headers/ */
const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

function requestIn({
  requestContext,
  headers,
  rawQueryString,
  body,
  isBase64Encoded,
}: APIGatewayProxyEventV2): ClientRequest {
  return {
    method: requestContext.http.method,
    headers,
    search: rawQueryString,
    body: isBase64Encoded ? undefined : body,
  };
}
