import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InvokeResult } from '../aws/lambda/function-definition.ts';
import { InvocationRefused } from '../aws/lambda/lambda-service.ts';
import { type Edge, Firewall } from './cloudfront.ts';
import { type Cors, corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { eventOf } from './event.ts';
import { type ApiResponse, errorResponse, responseFromResult } from './response.ts';
import { matchRoute, type Route } from './route.ts';
import { type Throttle, TokenBucket } from './throttle.ts';

/** Settings of an HTTP API. The functions are called for each request, so changed infrastructure applies immediately. */
export interface HttpApiOptions {
  routes: () => Route[];
  cors: () => Cors | undefined;
  throttle?: () => Throttle | undefined;
  edge?: () => Edge | undefined;
  /** Runs a function. Throws InvocationRefused if Lambda would not run it. */
  invoke: (
    functionName: string,
    payload: Buffer,
    qualifier: string,
  ) => Promise<Pick<InvokeResult, 'body' | 'functionError'>>;
}

/** Bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_BODY = 10 * 1024 * 1024;
/** Milliseconds. */
const MAX_INTEGRATION_TIMEOUT = 30_000;

/** Returns a request listener that works like an HTTP API of API Gateway with Lambda integrations. */
export function httpApi({ routes, cors, throttle, edge, invoke }: HttpApiOptions) {
  const firewall = new Firewall();
  const bucket = new TokenBucket();
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const { rules: firewallRules = [], originHeaders = {}, cors: edgeCors } = edge?.() ?? {};
    const blocked = firewall.evaluate(firewallRules, incoming, Date.now());
    if (blocked) {
      incoming.resume();
      return send(outgoing, requestId, blocked);
    }
    const rules = cors();
    const { origin } = incoming.headers;
    if (rules && isPreflight(incoming)) {
      return send(outgoing, requestId, { status: 204, headers: preflightHeaders(rules, origin), body: '' });
    }
    const limit = throttle?.();
    const isThrottled = limit && !bucket.tryTake(limit, Date.now());
    if (isThrottled) incoming.resume();
    const context = { routes: routes(), invoke, requestId, originHeaders };
    const response = isThrottled ? errorResponse(429) : await handle(incoming, context);
    const headers = rules ? { ...withoutCors(response.headers), ...corsHeaders(rules, origin) } : response.headers;
    const needsEdgeCors = edgeCors && !('access-control-allow-origin' in headers);
    send(outgoing, requestId, {
      ...response,
      headers: needsEdgeCors ? { ...headers, ...corsHeaders(edgeCors, origin) } : headers,
    });
  };
}

interface RequestContext {
  routes: Route[];
  invoke: HttpApiOptions['invoke'];
  requestId: string;
  originHeaders: Record<string, string>;
}

async function handle(
  incoming: IncomingMessage,
  { routes, invoke, requestId, originHeaders }: RequestContext,
): Promise<ApiResponse> {
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
  const match = matchRoute(routes, incoming.method ?? '', pathname);
  const body = await readBody(incoming);
  if (!match) return errorResponse(404);
  if (!body) return errorResponse(413);
  const payload = Buffer.from(JSON.stringify(eventOf({ incoming, body, match, requestId, originHeaders })));
  return integrate(match.route, () => invoke(match.route.functionName, payload, match.route.qualifier));
}

/** Returns the response of a function, or of the API if the function fails or exceeds the integration timeout. */
async function integrate(route: Route, run: () => ReturnType<HttpApiOptions['invoke']>): Promise<ApiResponse> {
  const timeout = Math.min(route.timeoutMs ?? MAX_INTEGRATION_TIMEOUT, MAX_INTEGRATION_TIMEOUT);
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<'expired'>((resolve) => {
    timer = setTimeout(resolve, timeout, 'expired');
  });
  try {
    const result = await Promise.race([run(), expiry]);
    if (result === 'expired') return errorResponse(503);
    return result.functionError ? errorResponse(500) : responseFromResult(result.body);
  } catch (error) {
    return errorResponse(statusOfRefusal(error));
  } finally {
    clearTimeout(timer);
  }
}

function statusOfRefusal(error: unknown): 413 | 500 | 503 {
  if (!(error instanceof InvocationRefused)) return 500;
  if (error.status === 413) return 413;
  return error.status === 429 ? 503 : 500;
}

/** Returns the body; undefined if it is too large. Reads it to the end either way, so that the client gets the response. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size <= MAX_BODY ? Buffer.concat(chunks) : undefined;
}

/** An API with a CORS configuration ignores the function's own CORS headers. */
function withoutCors(headers: ApiResponse['headers']): ApiResponse['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')));
}

function send(outgoing: ServerResponse, requestId: string, { status, headers, body }: ApiResponse): void {
  outgoing.writeHead(status, { ...headers, 'apigw-requestid': requestId }).end(body);
}
