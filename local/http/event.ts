import type { IncomingMessage } from 'node:http';
import { LOCAL_ACCOUNT } from '../assembly/intrinsics.ts';
import type { RouteMatch } from './route.ts';

/** A request and its route. */
export interface ApiRequest {
  incoming: IncomingMessage;
  body: Buffer;
  match: RouteMatch;
  requestId: string;
  /** Custom headers of CloudFront; they replace client headers of the same name. */
  originHeaders: Record<string, string>;
}

/** Media types of text bodies; others are Base64-encoded. */
const TEXT = /^(text\/.*|application\/(.+\+)?(json|xml)|application\/javascript)$/;

/**
 * Converts a request to an event of payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.proxy-format
 */
export function eventOf({ incoming, body, match, requestId, originHeaders }: ApiRequest) {
  const { pathname, search, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
  const { cookie, ...headers } = incoming.headersDistinct;
  const isText = isTextBody(incoming.headers['content-type'], body);
  return {
    version: '2.0',
    routeKey: routeKeyOf(match),
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie && { cookies: cookie.flatMap((line) => line.split(/; */)) }),
    headers: { ...joinValues(headers), ...forwardedHeaders(incoming), ...originHeaders },
    ...(search.length > 1 && { queryStringParameters: queryOf(searchParams) }),
    requestContext: contextOf(incoming, { pathname, requestId, routeKey: routeKeyOf(match) }),
    ...(Object.keys(match.pathParameters).length > 0 && { pathParameters: match.pathParameters }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function routeKeyOf({ route }: RouteMatch): string {
  return route.path === '$default' ? route.path : `${route.method} ${route.path}`;
}

function contextOf(
  incoming: IncomingMessage,
  { pathname, requestId, routeKey }: { pathname: string; requestId: string; routeKey: string },
) {
  const [domainName = ''] = (incoming.headers.host ?? '').split(':');
  const now = new Date();
  return {
    accountId: LOCAL_ACCOUNT.accountId,
    apiId: 'local',
    domainName,
    domainPrefix: domainName.split('.')[0],
    http: {
      method: incoming.method,
      path: pathname,
      protocol: `HTTP/${incoming.httpVersion}`,
      sourceIp: incoming.socket.remoteAddress,
      userAgent: incoming.headers['user-agent'] ?? '',
    },
    requestId,
    routeKey,
    stage: '$default',
    time: commonLogTime(now),
    timeEpoch: now.getTime(),
  };
}

/** Joins repeated headers or parameters by commas. */
function joinValues(values: Record<string, string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list?.join(',') ?? '']));
}

function queryOf(parameters: URLSearchParams): Record<string, string> {
  return joinValues(Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name)])));
}

function forwardedHeaders({ socket }: IncomingMessage): Record<string, string> {
  return {
    'x-forwarded-for': socket.remoteAddress ?? '',
    'x-forwarded-port': String(socket.localPort),
    'x-forwarded-proto': 'http',
  };
}

function isTextBody(contentType: string | undefined, body: Buffer): boolean {
  const [mediaType = ''] = (contentType ?? '').toLowerCase().split(';');
  if (mediaType && !TEXT.test(mediaType.trim())) return false;
  return body.equals(Buffer.from(body.toString('utf8')));
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
