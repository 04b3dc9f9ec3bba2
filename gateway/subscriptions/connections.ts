import { HEADER_RULES } from 'graph:header-rules.ts';
import type { Context as LambdaContext } from 'aws-lambda';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { log } from '#platform/telemetry/log.ts';
import { contracts, limits, verify } from '../deployed-gateway.ts';
import { ClientConnections } from './client-connections.ts';
import { ConnectionEnd } from './connection-end.ts';
import { ConnectionStore } from './connection-store.ts';
import { handleMessage } from './messages.ts';
import { runStep } from './run-step.ts';
import { awsSender } from './signed-post.ts';
import {
  ACCEPTED,
  bodyOf,
  readHandshake,
  type SocketEvent,
  type SocketResponse,
  unknownContract,
} from './socket-event.ts';
import { pathOf } from './subscription-request.ts';
import { SubscriptionStore } from './subscription-store.ts';
import { ViewerConnections } from './viewer-connections.ts';

const client = documentClient();
const table = requiredEnv('CONNECTION_TABLE');

const stores = {
  connections: new ConnectionStore(client, table),
  subscriptions: new SubscriptionStore(client, table),
  viewers: new ViewerConnections(client, table, limits.connections),
  clients: new ClientConnections(requiredEnv('CONNECTIONS_ENDPOINT'), awsSender()),
};
const end = new ConnectionEnd(stores);
const services = { ...stores, end, verify, runStep, limits, now: Date.now };

/**
 * Handles the routes `$connect`, `$disconnect` and `$default` of the WebSocket API. Never fails after the handshake: API Gateway
 * would send a message that is none of the protocol, at which clients give up the connection.
 */
export async function handler(event: SocketEvent, lambda: LambdaContext): Promise<SocketResponse> {
  const { routeKey, connectionId, requestId } = event.requestContext;
  try {
    if (routeKey === '$connect') return await connect(event);
    if (routeKey === '$disconnect') await end.forget(connectionId);
    else await receive(event, lambda);
  } catch (error) {
    log.error('event of a connection failed', { requestId, connectionId, routeKey, error: error as Error });
    if (routeKey === '$connect') return { statusCode: 503 };
  }
  return { statusCode: 200 };
}

async function connect(event: SocketEvent): Promise<SocketResponse> {
  const read = readHandshake(event, HEADER_RULES);
  if ('statusCode' in read) return read;
  if (read.contract !== undefined && !contracts.gatewayFor(pathOf(read))) return unknownContract();
  await stores.connections.open(event.requestContext.connectionId, read, Date.now());
  return ACCEPTED;
}

async function receive(event: SocketEvent, lambda: LambdaContext): Promise<void> {
  const { connectionId, requestId, requestTimeEpoch: receivedAt, identity } = event.requestContext;
  const timeLeft = lambda.getRemainingTimeInMillis();
  const message = { connectionId, body: bodyOf(event), receivedAt, requestId, timeLeft, ip: identity?.sourceIp };
  await handleMessage(message, services);
}
