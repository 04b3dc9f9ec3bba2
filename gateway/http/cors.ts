import type { HttpRequest, HttpResponse } from './http-message.ts';

/** Cross-origin rules of the API, https://fetch.spec.whatwg.org/#http-cors-protocol */
export interface Cors {
  /** `https://app.example`, `http://localhost:*` for any port of a local host, or `*` for every origin without credentials. */
  origins: readonly string[];
  /** Allowed request headers in addition to those of standard clients; `*` allows every header. */
  requestHeaders?: readonly string[];
}

type Headers = Record<string, string>;

/** Origins on the developer's machine, at any port. */
export const LOCAL_ORIGINS: readonly string[] = ['http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'];

const METHODS = 'GET,POST,OPTIONS';

/** Sent by Apollo Client, Apollo Sandbox, tracing libraries and explorers. A firewall's static header takes at most 255 characters. */
const REQUEST_HEADERS = [
  'content-type',
  'accept',
  'authorization',
  'apollographql-client-name',
  'apollographql-client-version',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollo-query-plan-experimental',
  'traceparent',
  'tracestate',
  'x-explain',
];

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.1, in lower case, as browsers send it. */
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/** Request ids of the gateway and of Lambda, and rate-limit headers. */
const EXPOSED_HEADERS =
  'x-request-id,x-amzn-requestid,retry-after,ratelimit,ratelimit-policy,ratelimit-limit,ratelimit-remaining,ratelimit-reset';

/** Seconds for which a browser may cache a preflight response. */
const MAX_AGE = 3_600;

/** An origin as browsers send it: lower case, without a path or trailing slash; the port of a local host may be `*`. */
const ORIGIN =
  /^(https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*|[a-z][a-z\d+.-]*:\/\/(\[[\da-f:]+\]|[a-z\d.-]+)(:\d+)?)$/;

/** Parses rules from the template's JSON, which the synthesis has checked; by default no other origin is allowed. */
export function corsFrom(json: string | undefined): Cors {
  return JSON.parse(json ?? '{"origins":[]}');
}

/** Returns the rules; throws for an origin that no browser sends. */
export function checkedCors(cors: Cors): Cors {
  const invalid = cors.origins.find((origin) => origin !== '*' && !ORIGIN.test(origin));
  if (invalid === undefined) return cors;
  throw new Error(
    `The origin "${invalid}" is not valid: write scheme://host or scheme://host:port, without a path. Only the port of localhost, 127.0.0.1 or [::1] may be "*".`,
  );
}

/** Returns the CORS headers of a response to this origin; only `Vary` if it is not allowed. */
export function corsHeaders(origin: string | undefined, cors: Cors): Headers {
  const permission = permissionFor(origin, cors);
  return { ...permission, ...(permission[ALLOWED] && { 'access-control-expose-headers': EXPOSED_HEADERS }) };
}

/** Returns the headers of a response to `OPTIONS`: the methods, and the preflight headers for an allowed origin. */
export function preflightHeaders(asked: HttpRequest['headers'], cors: Cors): Headers {
  const permission = permissionFor(asked.origin, cors);
  return {
    allow: METHODS,
    ...permission,
    ...(permission[ALLOWED] && {
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': allowedHeaders(asked['access-control-request-headers'], cors).join(','),
      // A page on the Internet may call this machine: https://wicg.github.io/private-network-access/#cors-preflight
      ...(asked['access-control-request-private-network'] && { 'access-control-allow-private-network': 'true' }),
      'access-control-max-age': String(MAX_AGE),
    }),
  };
}

function allowedHeaders(asked = '', { requestHeaders = [] }: Cors): string[] {
  if (!requestHeaders.includes('*')) return [...REQUEST_HEADERS, ...requestHeaders];
  // With credentials, browsers read `*` as a name.
  const names = asked.split(',').map((name) => name.trim().toLowerCase());
  return [...new Set([...REQUEST_HEADERS, ...names.filter((name) => HEADER_NAME.test(name))])];
}

const ALLOWED = 'access-control-allow-origin';

function permissionFor(origin: string | undefined, { origins }: Cors): Headers {
  if (origins.length === 0) return {};
  if (origins.includes('*')) return { [ALLOWED]: '*' };
  // Without Vary, a cache could return one origin's response to another.
  const vary = { vary: 'Origin' };
  if (!origin || !origins.some((allowed) => covers(allowed, origin))) return vary;
  return { ...vary, [ALLOWED]: origin, 'access-control-allow-credentials': 'true' };
}

/**
 * Answers preflights and adds CORS headers to all other responses. Error responses need them too: without them a page sees
 * a network error instead of the status.
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

/** Whether a pattern matches an origin; `:*` also matches the scheme's default port. */
function covers(allowed: string, origin: string): boolean {
  if (!allowed.endsWith(':*')) return allowed === origin;
  const host = allowed.slice(0, -2);
  return origin === host || (origin.startsWith(`${host}:`) && /^\d{1,5}$/.test(origin.slice(host.length + 1)));
}
