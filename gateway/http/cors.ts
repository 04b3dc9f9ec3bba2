import * as z from 'zod/mini';
import type { HttpRequest, HttpResponse } from './http-message.ts';

/** Which pages of other origins may call the API, https://fetch.spec.whatwg.org/#http-cors-protocol */
export interface Cors {
  /** `https://app.example`, `http://localhost:*` for any port of a local host, or `*` for every page, without credentials. */
  origins: readonly string[];
  /** Headers that a page may send, beside those that every client sends. */
  requestHeaders?: readonly string[];
}

type Headers = Record<string, string>;

/** Pages on the developer's own machine, at any port. */
export const LOCAL_ORIGINS: readonly string[] = ['http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'];

const METHODS = 'GET,POST,OPTIONS';

/** Sent by Apollo Client, Apollo Sandbox and tracing libraries. */
const REQUEST_HEADERS = [
  'content-type',
  'authorization',
  'apollographql-client-name',
  'apollographql-client-version',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollo-query-plan-experimental',
  'traceparent',
  'tracestate',
];

/** Request ids of API Gateway and of Lambda, and what a refusal says about when to try again. */
const EXPOSED_HEADERS =
  'apigw-requestid,x-amzn-requestid,x-request-id,retry-after,ratelimit,ratelimit-policy,ratelimit-limit,ratelimit-remaining,ratelimit-reset';

/** Seconds that a browser may keep a preflight's answer. */
const MAX_AGE = 3_600;

/** An origin as browsers send it: no path, no slash at the end, in lower case; the port of a local host may be `*`. */
const ORIGIN =
  /^(https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*|[a-z][a-z\d+.-]*:\/\/(\[[\da-f:]+\]|[a-z\d.-]+)(:\d+)?)$/;

const schema = z.object({
  origins: z.array(z.string()),
  requestHeaders: z.optional(z.array(z.string())),
});

/** The rules in a JSON text; no page of another origin is allowed without one. */
export function corsFrom(json: string | undefined): Cors {
  return checkedCors(schema.parse(JSON.parse(json ?? '{"origins":[]}')));
}

/** The same rules; throws an error that names an origin which no browser sends. */
export function checkedCors(cors: Cors): Cors {
  const wrong = cors.origins.find((origin) => origin !== '*' && !ORIGIN.test(origin));
  if (wrong === undefined) return cors;
  throw new Error(
    `The origin "${wrong}" matches no page: write scheme://host or scheme://host:port, without a path. Only the port of localhost, 127.0.0.1 or [::1] may be "*".`,
  );
}

/** The CORS headers of any answer to a page of this origin; only `Vary` for one that is not allowed. */
export function corsHeaders(origin: string | undefined, cors: Cors): Headers {
  const permission = permissionFor(origin, cors);
  return { ...permission, ...(permission[ALLOWED] && { 'access-control-expose-headers': EXPOSED_HEADERS }) };
}

/** The headers of the answer to `OPTIONS`: the methods, and for a preflight of an allowed page, what it may send. */
export function preflightHeaders({ origin }: HttpRequest['headers'], cors: Cors): Headers {
  const permission = permissionFor(origin, cors);
  return {
    allow: METHODS,
    ...permission,
    ...(permission[ALLOWED] && {
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': [...REQUEST_HEADERS, ...(cors.requestHeaders ?? [])].join(','),
      'access-control-max-age': String(MAX_AGE),
    }),
  };
}

const ALLOWED = 'access-control-allow-origin';

function permissionFor(origin: string | undefined, { origins }: Cors): Headers {
  if (origins.length === 0) return {};
  if (origins.includes('*')) return { [ALLOWED]: '*' };
  // Without it, a cache could give one origin the answer to another.
  const vary = { vary: 'Origin' };
  if (!origin || !origins.some((allowed) => covers(allowed, origin))) return vary;
  return { ...vary, [ALLOWED]: origin, 'access-control-allow-credentials': 'true' };
}

/**
 * Answers a preflight, and gives every other answer, refusals too, its CORS headers: without them a page sees a network error
 * and no status.
 */
export async function crossOrigin(
  cors: Cors,
  request: HttpRequest,
  respond: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  if (request.method === 'OPTIONS') return { status: 204, headers: preflightHeaders(request.headers, cors), body: '' };
  const response = await respond(request);
  const added = corsHeaders(request.headers.origin, cors);
  const vary = [response.headers.vary ?? [], added.vary ?? []].flat().join(', ');
  return { ...response, headers: { ...response.headers, ...added, ...(vary && { vary }) } };
}

/** Whether a page of this origin is one that the pattern names; a local host without a port is at its scheme's. */
function covers(allowed: string, origin: string): boolean {
  if (!allowed.endsWith(':*')) return allowed === origin;
  const host = allowed.slice(0, -2);
  return origin === host || (origin.startsWith(`${host}:`) && /^\d{1,5}$/.test(origin.slice(host.length + 1)));
}
