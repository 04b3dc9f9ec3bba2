import { createHash } from 'node:crypto';
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { httpEvents } from '#platform/http-events.ts';
import { gatewayContext } from './context.ts';
import { limitsFrom } from './limits/limits.ts';
import { RequestLimits } from './limits/request-limits.ts';
import { POLICIES } from './policies.ts';
import { gatewayServer } from './server.ts';
import supergraphSdl from './supergraph.graphql';
import { transportFor } from './transports/transport-for.ts';
import { tokenVerifier } from './viewer-from-token.ts';

// A call that fails is tried again by the rules of the gateway, which knows a mutation from a query.
const lambda = new LambdaClient({ maxAttempts: 1 });
const functionPrefix = requiredEnv('FUNCTION_PREFIX');
const verify = tokenVerifier({ issuer: requiredEnv('TOKEN_ISSUER'), audience: requiredEnv('TOKEN_AUDIENCE') });

const limits = limitsFrom(optionalEnv('LIMITS'));

const server = gatewayServer({
  supergraphSdl,
  transportFor: (address) => transportFor(address, { lambda: () => lambda, functionPrefix }),
  introspection: requiredEnv('INTROSPECTION') === 'on',
  guard: { limits, policies: POLICIES },
});

const answerGraphql = startServerAndCreateLambdaHandler(server, httpEvents(new RequestLimits(limits)), {
  context: ({ event, context }) => gatewayContext(event, context, verify),
});

const health: APIGatewayProxyStructuredResultV2 = {
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({
    status: 'ok',
    supergraph: createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 12),
  }),
};

export async function handler(event: APIGatewayProxyEventV2, context: LambdaContext) {
  return event.rawPath === '/health' ? health : answerGraphql(event, context, () => undefined);
}
