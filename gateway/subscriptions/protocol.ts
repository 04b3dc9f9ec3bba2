import type { GraphQLFormattedError } from 'graphql';
import { exceedsNesting } from '../limits/nesting.ts';

/** https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
export const PROTOCOL = 'graphql-transport-ws';

/** Message of a client. */
export type ClientMessage =
  | { type: 'connection_init'; payload: Readonly<Record<string, unknown>> }
  | { type: 'ping' }
  | { type: 'pong' }
  | { type: 'subscribe'; id: string; payload: Readonly<Record<string, unknown>> }
  | { type: 'complete'; id: string };

/** Result of a subscription for one event. */
export interface EventResult {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions: Record<string, unknown>;
}

/** Message to a client. */
export type ServerMessage =
  | { type: 'connection_ack' }
  | { type: 'ping' | 'pong'; payload?: Record<string, unknown> }
  | { type: 'next'; id: string; payload: EventResult }
  | { type: 'error'; id: string; payload: readonly GraphQLFormattedError[] }
  | { type: 'complete'; id: string };

/** Close code of the protocol with its reason. API Gateway closes with 1000: the client gets them in a `ping` before. */
export interface Closing {
  code: number;
  reason: string;
}

export const CLOSINGS = {
  invalid: (reason: string): Closing => ({ code: 4400, reason }),
  unauthorized: { code: 4401, reason: 'Unauthorized' },
  forbidden: (reason: string): Closing => ({ code: 4403, reason }),
  initialisationTimeout: { code: 4408, reason: 'Connection initialisation timeout' },
  subscriberExists: (id: string): Closing => ({ code: 4409, reason: `Subscriber for ${id} already exists` }),
  initialisedTwice: { code: 4429, reason: 'Too many initialisation requests' },
} as const;

/** Maximum characters of a subscription's id, which is part of a table's key. */
const MAX_ID = 128;

/** Parses a message; returns the closing if it is not valid. */
export function parseMessage(body: string, nesting: number): ClientMessage | Closing {
  if (exceedsNesting(body, nesting, 'json'))
    return CLOSINGS.invalid(`The message is nested more than ${nesting} levels deep`);
  const message = jsonObject(body);
  if (!message) return CLOSINGS.invalid('The message is not a JSON object');
  const { type, id, payload } = message;
  if (payload !== undefined && payload !== null && !isObject(payload))
    return CLOSINGS.invalid('The payload is not an object');
  switch (type) {
    case 'connection_init':
      return { type, payload: payload ?? {} };
    case 'ping':
    case 'pong':
      return { type };
    case 'subscribe':
      if (!isId(id)) return invalidId();
      return payload ? { type, id, payload } : CLOSINGS.invalid('The message "subscribe" has no payload');
    case 'complete':
      return isId(id) ? { type, id } : invalidId();
    default:
      return CLOSINGS.invalid('The message has an unknown type');
  }
}

/** Whether a parsed message is the closing of an invalid one. */
export function isClosing(message: ClientMessage | Closing): message is Closing {
  return 'code' in message;
}

/** Returns the notice of a closing, which our client reads; others answer with a pong. */
export function closingNotice(closing: Closing): ServerMessage {
  return { type: 'ping', payload: { closing } };
}

function invalidId(): Closing {
  return CLOSINGS.invalid(`The id is not a string of 1 to ${MAX_ID} characters`);
}

function isId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && id.length <= MAX_ID && id.isWellFormed();
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
