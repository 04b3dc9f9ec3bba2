import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';
import type { VerifyToken } from '../authorization/viewer-from-token.ts';
import type { Limits } from '../limits/limits.ts';
import type { ConnectionEnd, ConnectionEndServices } from './connection-end.ts';
import { type Admission, type Connection, STARTING } from './connection-store.ts';
import { hasExpired } from './items.ts';
import { CLOSINGS, type ClientMessage, type Closing, isClosing, parseMessage } from './protocol.ts';
import { failureOf, type StartServices, type SubscribeMessage, startSubscription } from './start.ts';

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

/**
 * Handles a message of a client; closes the connection if the client breaks the protocol. Rejects if it fails unexpectedly, after
 * it has told the client.
 */
export async function handleMessage(received: ReceivedMessage, services: MessageServices): Promise<void> {
  const { connectionId, body } = received;
  const message = parseMessage(body, services.limits.nesting);
  if (isClosing(message)) return services.end.close(connectionId, message);
  try {
    const closing = await handle(message, received, services);
    if (closing) await services.end.close(connectionId, closing, requestedBy(message));
  } catch (error) {
    await reportFailure(connectionId, message, error, services);
    throw error;
  }
}

/** Returns the id of the subscription that a message asks for. */
function requestedBy(message: ClientMessage): string | undefined {
  return message.type === 'subscribe' ? message.id : undefined;
}

/** Answers a message that failed unexpectedly, so that its client does not wait. */
async function reportFailure(
  connectionId: string,
  message: ClientMessage,
  error: unknown,
  { connections, clients, now }: MessageServices,
): Promise<void> {
  const [failure] = failureOf(error);
  if (message.type === 'subscribe')
    await clients.post(connectionId, { type: 'error', id: message.id, payload: [failure] });
  if (message.type !== 'connection_init') return;
  await connections.acknowledge(connectionId, { refusal: failure }, now()).catch(() => undefined);
  await clients.post(connectionId, { type: 'connection_ack' });
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
  if (hasExpired(connection, now())) return void (await end.expire(connection.id, requestedBy(message)));
  if (message.type === 'ping' || message.type === 'pong') {
    if (message.type === 'ping') await clients.post(connection.id, { type: 'pong' });
    return undefined;
  }
  if (!connection.isReady) return CLOSINGS.unauthorized;
  const { refusal } = connection;
  if (message.type === 'subscribe' && refusal)
    return void (await clients.post(connection.id, { type: 'error', id: message.id, payload: [refusal] }));
  if (message.type === 'subscribe') return startSubscription(connection, { ...received, ...message }, services);
  return void (await complete(connection.id, message.id, received, services));
}

/**
 * Acknowledges the client, also if it is not admitted: then each of its subscriptions ends with the reason. Closed instead, clients of
 * the library graphql-ws would connect again at once, and without limit.
 */
async function initialise(
  { id, isReady, expiresAt }: Connection,
  payload: Readonly<Record<string, unknown>>,
  services: MessageServices,
): Promise<Closing | undefined> {
  const { connections, clients, now } = services;
  if (isReady) return CLOSINGS.initialisedTwice;
  if (expiresAt * 1_000 <= now()) return CLOSINGS.initialisationTimeout;
  const admission = await admit(id, payload, services);
  if (!(await connections.acknowledge(id, admission, now()))) return CLOSINGS.initialisedTwice;
  if ((await clients.post(id, { type: 'connection_ack' })) === 'gone') await services.end.forget(id);
  return undefined;
}

/** Identifies the client by the token in a payload, `{"authorization": "Bearer …"}`, and counts its viewer's connections. */
async function admit(
  connectionId: string,
  payload: Readonly<Record<string, unknown>>,
  { connections, viewers, verify, limits, now }: MessageServices,
): Promise<Admission> {
  const authorization = payload.authorization ?? payload.Authorization ?? undefined;
  if (authorization !== undefined && typeof authorization !== 'string') return refused(NO_STRING, 'UNAUTHENTICATED');
  try {
    const token = await verify(authorization);
    if (!token) return {};
    const { viewer, expiresAt: tokenExpiresAt } = token;
    const exists = async (other: string) => ((await connections.get(other))?.expiresAt ?? 0) * 1_000 > now();
    if (await viewers.add(viewer.id, connectionId, exists, now())) return { viewer, tokenExpiresAt };
    return refused(`You have the maximum of ${limits.connections} connections.`, 'TOO_MANY_CONNECTIONS');
  } catch (error) {
    if (error instanceof GraphQLError) return refused(error.message, error.extensions.code);
    throw error;
  }
}

const NO_STRING = '`authorization` in the payload of connection_init must be a string.';

function refused(message: string, code: unknown): { refusal: GraphQLFormattedError } {
  return { refusal: { message, extensions: { code } } };
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
