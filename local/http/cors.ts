import type { IncomingMessage } from 'node:http';

/** CORS configuration of an API, https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export interface Cors {
  /** Origins, `*`, or all origins of a scheme: `https://*`. */
  allowOrigins: string[];
  allowMethods: string[];
  allowHeaders: string[];
  exposeHeaders?: string[];
  allowCredentials?: boolean;
  /** Seconds that browsers cache a preflight response. */
  maxAge: number;
}

/** Returns whether a request is a CORS preflight, which the API answers itself regardless of routes. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && Boolean(headers.origin && headers['access-control-request-method']);
}

/** Returns the CORS headers for an origin; none if it is not allowed. */
export function corsHeaders(cors: Cors, origin: string | undefined): Record<string, string> {
  if (!origin || !cors.allowOrigins.some((allowed) => matchesOrigin(allowed, origin))) return {};
  return {
    ...(cors.allowOrigins.includes('*') && !cors.allowCredentials
      ? { 'access-control-allow-origin': '*' }
      : { 'access-control-allow-origin': origin, vary: 'Origin' }),
    ...(cors.allowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.exposeHeaders?.length && { 'access-control-expose-headers': cors.exposeHeaders.join(',') }),
  };
}

/** Returns the headers of a preflight response; none if the origin is not allowed. */
export function preflightHeaders(cors: Cors, origin: string | undefined): Record<string, string> {
  const allowed = corsHeaders(cors, origin);
  if (!allowed['access-control-allow-origin']) return {};
  return {
    ...allowed,
    'access-control-allow-methods': cors.allowMethods.join(','),
    'access-control-allow-headers': cors.allowHeaders.join(','),
    'access-control-max-age': String(cors.maxAge),
  };
}

function matchesOrigin(allowed: string, origin: string): boolean {
  return allowed.endsWith('*') ? origin.startsWith(allowed.slice(0, -1)) : allowed === origin;
}
