import { GraphQLError } from 'graphql/error/index.js';
import type { VerifyToken } from '../authorization/viewer-from-token.ts';
import type { Limits } from '../limits/limits.ts';
import type { ConnectionEnd, ConnectionEndServices } from './connection-end.ts';
import { type Connection, STARTING } from './connection-store.ts';
import { hasExpired, type Identity } from './items.ts';
import { CLOSINGS, type ClientMessage, type Closing, isClosing, parseMessage } from './protocol.ts';
import { type StartServices, type SubscribeMessage, startSubscription } from './start.ts';

export interface MessageServices extends ConnectionEndServices, StartServices {
  end: ConnectionEnd;
  verify: VerifyToken;
  limits: Pick<Limits, 'connections' | 'subscriptions' | 'nesting'>;
}

/** A message as API Gateway received it. */
export interface ReceivedMessage extends Omit<SubscribeMessage, 'id' | 'payload'> {
  connectionId: string;
  body: string;
}

/** Handles a message of a client; closes the connection if the client breaks the protocol. */
export async function handleMessage(received: ReceivedMessage, services: MessageServices): Promise<void> {
  const { connectionId, body } = received;
  const message = parseMessage(body, services.limits.nesting);
  const closing = isClosing(message) ? message : await handle(message, received, services);
  if (closing) await services.end.close(connectionId, closing);
}

async function handle(
  message: ClientMessage,
  received: ReceivedMessage,
  services: MessageServices,
): Promise<Closing | undefined> {
  const { connections, clients, end, now } = services;
  const connection = await connections.get(received.connectionId);
  // It has ended, and this message was on the way.
  if (!connection) return CLOSINGS.unauthorized;
  if (message.type === 'connection_init') return initialise(connection, message.payload, services);
  if (hasExpired(connection, now())) return void (await end.expire(connection.id));
  if (message.type === 'ping' || message.type === 'pong') {
    if (message.type === 'ping') await clients.post(connection.id, { type: 'pong' });
    return undefined;
  }
  if (!connection.isReady) return CLOSINGS.unauthorized;
  if (message.type === 'subscribe') return startSubscription(connection, { ...received, ...message }, services);
  return void (await complete(connection.id, message.id, received, services));
}

/** Identifies the client by the token in the payload. */
async function initialise(
  { id, isReady, expiresAt }: Connection,
  payload: Readonly<Record<string, unknown>>,
  services: MessageServices,
): Promise<Closing | undefined> {
  const { connections, viewers, clients, limits, now } = services;
  if (isReady) return CLOSINGS.initialisedTwice;
  if (expiresAt * 1_000 <= now()) return CLOSINGS.initialisationTimeout;
  const identity = await identityOf(payload, services);
  if ('code' in identity) return identity;
  const { viewer } = identity;
  const exists = async (other: string) => ((await connections.get(other))?.expiresAt ?? 0) * 1_000 > now();
  if (viewer && !(await viewers.add(viewer.id, id, exists, now())))
    return CLOSINGS.forbidden(`Too many connections: the maximum is ${limits.connections}`);
  if (!(await connections.acknowledge(id, identity, now()))) return CLOSINGS.initialisedTwice;
  if ((await clients.post(id, { type: 'connection_ack' })) === 'gone') await services.end.forget(id);
  return undefined;
}

/** Returns the identity of a payload's token: `{"authorization": "Bearer …"}`. */
async function identityOf(
  payload: Readonly<Record<string, unknown>>,
  { verify }: MessageServices,
): Promise<Identity | Closing> {
  const authorization = payload.authorization ?? payload.Authorization ?? undefined;
  if (authorization !== undefined && typeof authorization !== 'string')
    return CLOSINGS.forbidden('`authorization` in the payload of connection_init must be a string');
  try {
    const token = await verify(authorization);
    return token ? { viewer: token.viewer, tokenExpiresAt: token.expiresAt } : {};
  } catch (error) {
    if (error instanceof GraphQLError) return CLOSINGS.forbidden(error.message);
    throw error;
  }
}

async function complete(
  connectionId: string,
  id: string,
  { receivedAt }: ReceivedMessage,
  { connections, subscriptions }: MessageServices,
): Promise<void> {
  const topicKey = await connections.complete(connectionId, id, receivedAt);
  if (topicKey !== undefined && topicKey !== STARTING) await subscriptions.removeAt(topicKey, { connectionId, id });
}
