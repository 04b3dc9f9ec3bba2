import type { HeaderRules } from '../http/header-rules.ts';
import { isContractPath } from '../operations/contracts.ts';
import type { ClientFacts } from './items.ts';
import { PROTOCOL } from './protocol.ts';
import { keptHeaders, pathOf } from './subscription-request.ts';

/** Event of a WebSocket API, https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-integrations.html */
export interface SocketEvent {
  requestContext: {
    routeKey: string;
    connectionId: string;
    requestId: string;
    /** Epoch milliseconds. */
    requestTimeEpoch: number;
    identity?: { sourceIp?: string };
  };
  headers?: Record<string, string | undefined>;
  queryStringParameters?: Record<string, string | undefined> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
}

/** Response to an event; that of `$connect` decides on the handshake. */
export interface SocketResponse {
  statusCode: number;
  headers?: Record<string, string>;
  body?: string;
}

/** Response to a handshake that is accepted. */
export const ACCEPTED: SocketResponse = { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': PROTOCOL } };

/** Reads the client's facts from a handshake; returns the response if it is refused. */
export function readHandshake(event: SocketEvent, rules: HeaderRules): ClientFacts | SocketResponse {
  const headers = Object.fromEntries(
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
  if (!protocols.includes(PROTOCOL)) return refused(`The client must offer the subprotocol ${PROTOCOL}.`);
  const contract = event.queryStringParameters?.contract;
  const client = { headers: keptHeaders(headers, rules), ...(contract !== undefined && { contract }) };
  return contract === undefined || isContractPath(pathOf(client)) ? client : unknownContract();
}

/** Returns the response to a handshake for a contract that does not exist. */
export function unknownContract(): SocketResponse {
  return refused('The graph has no such contract.');
}

function refused(body: string): SocketResponse {
  return { statusCode: 400, body };
}

/** Returns the text of a message. */
export function bodyOf({ body, isBase64Encoded }: SocketEvent): string {
  return isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
}
