import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { gatewayContext } from './context.ts';
import type { FullGateway } from './full-gateway.ts';
import { limitsFrom } from './limits/limits.ts';
import { POLICIES } from './policies.ts';
import { OPERATIONS, OperationStore } from './prepared/operation-store.ts';
import { PreparedGateway } from './prepared/prepared-gateway.ts';
import type { ClientRequest } from './prepared/prepared-request.ts';
import { safelistMode } from './safelist.ts';
import { subgraphSender } from './subgraphs.ts';
import { lambdaEndpoint } from './transports/invoke.ts';
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
  loading ??= import('./full-gateway.ts').then(({ fullGateway }) =>
    fullGateway({ operations, transportFor, verify, limits, ...options }),
  );
  full = await loading;
  return full;
}

const prepared = new PreparedGateway({
  operations: { find: (id, name) => operations.find(id, name) ?? full?.prepared?.find(id, name) },
  send: subgraphSender(operations.graph.subgraphs, transportFor),
  admission: { maxCost: limits.cost, policies: POLICIES },
  maxBytes: limits.bodyBytes,
});

const health: APIGatewayProxyStructuredResultV2 = {
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ status: 'ok', supergraph: operations.graph.supergraph }),
};

export async function handler(
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
): Promise<APIGatewayProxyStructuredResultV2> {
  if (event.rawPath === '/health') return health;
  const answer = await prepared.answer(requestIn(event), () => gatewayContext(event, context, verify));
  if (!answer) return (await wholeGateway()).answer(event, context);
  const { status: statusCode, headers, body } = answer;
  return { statusCode, headers, body };
}

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
