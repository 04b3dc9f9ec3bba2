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

/** What an HTTP API is made of; read anew for each request, so that a change of the infrastructure counts at once. */
export interface HttpApiOptions {
  routes: () => Route[];
  cors: () => Cors | undefined;
  throttle?: () => Throttle | undefined;
  /** What stands before the API; its answers are not the API's. */
  edge?: () => Edge | undefined;
  /** Runs a function; throws InvocationRefused where Lambda would not run it. */
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

/** An HTTP API of API Gateway before Lambda functions, as a listener of a Node server. */
export function httpApi({ routes, cors, throttle, edge, invoke }: HttpApiOptions) {
  const firewall = new Firewall();
  const bucket = new TokenBucket();
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const { rules: firewallRules = [], originHeaders = {}, cors: edgeCors } = edge?.() ?? {};
    const refusal = firewall.refusal(firewallRules, incoming, Date.now());
    if (refusal) {
      incoming.resume();
      return send(outgoing, requestId, refusal);
    }
    const rules = cors();
    const { origin } = incoming.headers;
    if (rules && isPreflight(incoming)) {
      return send(outgoing, requestId, { status: 204, headers: preflightHeaders(rules, origin), body: '' });
    }
    const limit = throttle?.();
    const isTooMuch = limit && !bucket.takes(limit, Date.now());
    if (isTooMuch) incoming.resume();
    const handling = { routes: routes(), invoke, requestId, originHeaders };
    const answer = isTooMuch ? errorResponse(429) : await answerTo(incoming, handling);
    const headers = rules ? { ...withoutCors(answer.headers), ...corsHeaders(rules, origin) } : answer.headers;
    const isReadable = !edgeCors || 'access-control-allow-origin' in headers;
    send(outgoing, requestId, {
      ...answer,
      headers: isReadable ? headers : { ...headers, ...corsHeaders(edgeCors, origin) },
    });
  };
}

interface Handling {
  routes: Route[];
  invoke: HttpApiOptions['invoke'];
  requestId: string;
  originHeaders: Record<string, string>;
}

async function answerTo(
  incoming: IncomingMessage,
  { routes, invoke, requestId, originHeaders }: Handling,
): Promise<ApiResponse> {
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
  const match = matchRoute(routes, incoming.method ?? '', pathname);
  const body = await readBody(incoming);
  if (!match) return errorResponse(404);
  if (!body) return errorResponse(413);
  const payload = Buffer.from(JSON.stringify(eventOf({ incoming, body, match, requestId, originHeaders })));
  return integrate(match.route, () => invoke(match.route.functionName, payload, match.route.qualifier));
}

/** What a function's run comes to, in the time that the integration has. */
async function integrate(route: Route, run: () => ReturnType<HttpApiOptions['invoke']>): Promise<ApiResponse> {
  const timeout = Math.min(route.timeoutMs ?? MAX_INTEGRATION_TIMEOUT, MAX_INTEGRATION_TIMEOUT);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, timeout, 'late');
  });
  try {
    const result = await Promise.race([run(), late]);
    if (result === 'late') return errorResponse(503);
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

/** The body, or undefined for one that is too large; that too is read to its end, so that the answer arrives. */
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
