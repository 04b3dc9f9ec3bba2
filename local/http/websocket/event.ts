import type { IncomingMessage } from 'node:http';
import { commonLogTime } from '../event.ts';
import type { Closing, ConnectionIdentity } from './connection.ts';
import { randomId } from './connection.ts';
import type { WebSocketApiDefinition } from './definition.ts';

/** What the events of a connection have in common. */
interface EventSource {
  api: WebSocketApiDefinition;
  connection: ConnectionIdentity;
}

type Values = Record<string, string[] | undefined>;

/**
 * Events of a WebSocket API for Lambda functions,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 */
export function connectEvent(source: EventSource, incoming: IncomingMessage) {
  const { searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
  const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const headers = { ...headersOf(incoming), ...forwardedHeaders(incoming) };
  return {
    headers: lastOf(headers),
    multiValueHeaders: headers,
    ...(searchParams.size > 0 && { queryStringParameters: lastOf(query), multiValueQueryStringParameters: query }),
    requestContext: contextOf(source, '$connect', 'CONNECT'),
    isBase64Encoded: false,
  };
}

export function messageEvent(source: EventSource, routeKey: string, body: string) {
  return {
    requestContext: { ...contextOf(source, routeKey, 'MESSAGE'), messageId: randomId() },
    body,
    isBase64Encoded: false,
  };
}

export function disconnectEvent(source: EventSource, { code, reason }: Closing) {
  const headers = {
    Host: [source.connection.domainName],
    'x-api-key': [''],
    'X-Forwarded-For': [''],
    'x-restapi': [''],
  };
  return {
    headers: lastOf(headers),
    multiValueHeaders: headers,
    requestContext: {
      ...contextOf(source, '$disconnect', 'DISCONNECT'),
      disconnectStatusCode: code,
      disconnectReason: reason,
    },
    isBase64Encoded: false,
  };
}

export type WebSocketEvent = ReturnType<typeof connectEvent | typeof messageEvent | typeof disconnectEvent>;

function contextOf(
  { api, connection }: EventSource,
  routeKey: string,
  eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
) {
  const now = new Date();
  const requestId = randomId();
  return {
    routeKey,
    eventType,
    extendedRequestId: requestId,
    requestTime: commonLogTime(now),
    messageDirection: 'IN',
    stage: api.stage,
    connectedAt: connection.connectedAt,
    requestTimeEpoch: now.getTime(),
    identity: { userAgent: connection.userAgent, sourceIp: connection.sourceIp },
    requestId,
    domainName: connection.domainName,
    connectionId: connection.id,
    apiId: api.id,
  };
}

/** Returns the headers by the names that the client sent, without those of the HTTP connection. */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    if (!/^(connection|upgrade)$/i.test(name)) headers[name] = [...(headers[name] ?? []), value];
  }
  return headers;
}

function forwardedHeaders({ socket }: IncomingMessage): Record<string, string[]> {
  return {
    'X-Forwarded-For': [socket.remoteAddress ?? ''],
    'X-Forwarded-Port': [String(socket.localPort)],
    'X-Forwarded-Proto': ['http'],
  };
}

/** Returns the last value of each name, as API Gateway's single-value members have. */
function lastOf(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list?.at(-1) ?? '']));
}
