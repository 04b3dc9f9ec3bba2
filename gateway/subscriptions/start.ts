import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';
import { parametersFrom } from '../http/graphql-parameters.ts';
import type { GraphQLResult } from '../http/response.ts';
import type { Limits } from '../limits/limits.ts';
import { maskError } from '../operations/run-program.ts';
import type { ClientConnections } from './client-connections.ts';
import type { Connection, ConnectionStore } from './connection-store.ts';
import type { StoredOperation, Subscriber } from './items.ts';
import { CLOSINGS, type Closing } from './protocol.ts';
import type { StepRequest } from './subscription-request.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { topicKey } from './topics.ts';

/** Runs a step of a subscription in the pipeline of the client's graph; never rejects. */
export type RunStep = (request: StepRequest) => Promise<GraphQLResult>;

export interface StartServices {
  connections: ConnectionStore;
  subscriptions: SubscriptionStore;
  clients: ClientConnections;
  runStep: RunStep;
  limits: Pick<Limits, 'subscriptions'>;
  now: () => number;
}

/** A client's message `subscribe`. */
export interface SubscribeMessage {
  id: string;
  payload: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds at which API Gateway received it. */
  receivedAt: number;
  requestId: string;
  timeLeft: number;
  ip: string | undefined;
}

/**
 * Starts a subscription: reserves its id, asks its subgraph for the topic, and adds it. Returns the closing if the client breaks
 * the protocol.
 */
export async function startSubscription(
  connection: Connection,
  message: SubscribeMessage,
  services: StartServices,
): Promise<Closing | undefined> {
  const { connections, clients, limits } = services;
  const { id, receivedAt } = message;
  const reservation = await connections.reserve(connection.id, id, receivedAt, limits.subscriptions);
  if (reservation === 'duplicate') return CLOSINGS.subscriberExists(id);
  if (reservation === 'completed' || reservation === 'missing') return undefined;
  if (reservation === 'tooMany') {
    await clients.post(connection.id, { type: 'error', id, payload: [tooMany(limits.subscriptions)] });
    return undefined;
  }
  const errors = await add(connection, message, services).catch(failureOf);
  if (errors.length === 0) return undefined;
  // Not after the client has completed it.
  if ((await connections.complete(connection.id, id, receivedAt)) !== undefined)
    await clients.post(connection.id, { type: 'error', id, payload: errors });
  return undefined;
}

/** Adds a subscription; returns the errors if the operation cannot be subscribed to. */
async function add(connection: Connection, message: SubscribeMessage, services: StartServices) {
  const { connections, subscriptions, clients, runStep, now } = services;
  const { id, payload, receivedAt, requestId, timeLeft, ip } = message;
  const { viewer, tokenExpiresAt, client } = connection;
  // The protocol requires a text: that of an operation sent by its id is empty.
  const parameters = parametersFrom({ ...payload, query: payload.query || undefined });
  const result = await runStep({ step: { kind: 'start' }, parameters, viewer, client, requestId, timeLeft, ip });
  const { topic, errors = [], caching } = result;
  if (!topic) return errors;
  const { query, documentId, hash, operationName, variables } = parameters;
  const operation: StoredOperation = {
    ...(documentId !== undefined && { documentId }),
    ...(hash !== undefined && { hash }),
    ...(query !== undefined && { textHash: await subscriptions.saveText(query, now()) }),
    ...(operationName !== undefined && { operationName }),
    variables,
  };
  const subscriber: Subscriber = {
    connectionId: connection.id,
    id,
    operation,
    client,
    ...(viewer && { viewer }),
    ...(tokenExpiresAt !== undefined && { tokenExpiresAt }),
    startedAt: receivedAt,
    isShared: caching?.scope === 'PUBLIC' && caching.maxAge > 0,
    delivered: [],
  };
  await subscriptions.add(topic, subscriber, now());
  if (await connections.activate(connection.id, id, topicKey(topic)))
    await clients.post(connection.id, { type: 'pong', payload: { subscribed: id } });
  else await subscriptions.removeAt(topicKey(topic), subscriber);
  return [];
}

/** Returns the masked error of an unexpected failure. */
export function failureOf(error: unknown): [GraphQLFormattedError] {
  if (error instanceof GraphQLError) return [maskError(error.toJSON(), error)];
  return [maskError({ message: String(error), extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error)];
}

function tooMany(maximum: number): GraphQLFormattedError {
  const message = `The connection has the maximum of ${maximum} subscriptions. Complete one first.`;
  return { message, extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', maximum } };
}
