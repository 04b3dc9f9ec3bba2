import type { IncomingMessage } from 'node:http';

/** A request, with its id and CloudFront's headers. */
export interface ApiRequest {
  incoming: IncomingMessage;
  body: Buffer;
  requestId: string;
  /** Custom headers of CloudFront; they replace client headers of the same name. */
  originHeaders: Record<string, string>;
}

/** Media types of text bodies; others are Base64-encoded, and compressed bodies. */
const TEXT = /^(text\/.*|application\/(.+\+)?(json|xml)|application\/javascript)$/;

/**
 * Converts a request to the event of a function URL, payload format 2.0.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload
 */
export function eventOf({ incoming, body, requestId, originHeaders }: ApiRequest) {
  const [path = '/', ...search] = (incoming.url ?? '/').split('?');
  const query = search.join('?');
  const { cookie, ...headers } = incoming.headersDistinct;
  const isText = !incoming.headers['content-encoding'] && isTextBody(incoming.headers['content-type'], body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie && { cookies: cookie.flatMap((line) => line.split(/; */)) }),
    headers: { ...joinValues(headers), ...forwardedHeaders(incoming), ...originHeaders },
    ...(query && { queryStringParameters: queryOf(new URLSearchParams(query)) }),
    requestContext: contextOf(incoming, path, requestId),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function contextOf(incoming: IncomingMessage, path: string, requestId: string) {
  const [domainName = ''] = (incoming.headers.host ?? '').split(':');
  const now = new Date();
  return {
    accountId: 'anonymous',
    apiId: 'local',
    domainName,
    domainPrefix: domainName.split('.')[0],
    http: {
      method: incoming.method,
      path,
      protocol: `HTTP/${incoming.httpVersion}`,
      sourceIp: incoming.socket.remoteAddress,
      userAgent: incoming.headers['user-agent'] ?? '',
    },
    requestId,
    routeKey: '$default',
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
export function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
