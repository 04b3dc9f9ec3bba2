import type { Writable } from 'node:stream';
import type { Context as LambdaContext } from 'aws-lambda';
import { optionalEnv } from '#platform/env.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import { coldStartTimer } from '#platform/telemetry/cold-start.ts';
import { contracts, gateway, registered } from './deployed-gateway.ts';
import { corsFrom, crossOrigin } from './http/cors.ts';
import { type Endpoint, GRAPHQL_METHODS, notFound, respondAt } from './http/endpoints.ts';
import { type FunctionUrlEvent, httpRequestFrom, writeResponse } from './http/function-url.ts';
import type { HttpRequest, HttpResponse } from './http/http-message.ts';
import { originCheck } from './http/origin-secret.ts';
import { errorResponse, jsonResponse } from './http/response.ts';
import { isContractPath } from './operations/contracts.ts';
import type { HostFacts } from './request.ts';
import { logOther } from './telemetry/request-metrics.ts';

const cors = corsFrom(optionalEnv('CORS'));
const originSecret = optionalEnv('ORIGIN_SECRET');
const cameThroughCloudFront = originCheck(originSecret);
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
