import { createClient, type Message, MessageType } from 'graphql-ws';
import { onSessionChange, token } from '../session/session.ts';

/** Milliseconds between pings: the API closes a connection after ten minutes without a message. */
const KEEP_ALIVE_MS = 240_000;

/** Closing codes of graphql-transport-ws that a new connection cannot mend. */
const FATAL = new Set([4400, 4401, 4403, 4406]);

/** The server's notices: a subscription has begun, or why the connection ends. A WebSocket API cannot send closing codes. */
interface Notice {
  subscribed?: string;
  closing?: { code: number; reason: string };
}

/** Of a deployed stage, its output `SubscriptionEndpoint`; the local run serves WebSockets at the path of the API. */
const URL_OF_STAGE: string | undefined = import.meta.env.VITE_SUBSCRIPTION_ENDPOINT;

/** Listeners by operation name. */
const listeners = new Map<string, Set<() => void>>();
let subscriptions = 0;
let isRefused = false;

/** Connection for subscriptions: opened with the first one, closed after the last, and opened anew when it is lost. */
export const socket = createClient({
  url: () => URL_OF_STAGE ?? new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
  connectionParams: () => {
    isRefused = false;
    const bearer = token();
    return { clientName: 'web', ...(bearer && { authorization: `Bearer ${bearer}` }) };
  },
  keepAlive: KEEP_ALIVE_MS,
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => !isRefused,
  generateID: ({ operationName }) => {
    subscriptions += 1;
    return `${operationName}-${subscriptions}`;
  },
  on: { message: onMessage },
});

// A connection has the rights of the token that it began with.
onSessionChange(() => socket.terminate());

/** Calls a listener each time that a subscription of this name has begun, also after a lost connection. */
export function onSubscribed(operationName: string, listener: () => void): () => void {
  const ofName = listeners.get(operationName) ?? new Set();
  listeners.set(operationName, ofName.add(listener));
  return () => ofName.delete(listener);
}

function onMessage(message: Message): void {
  if (message.type !== MessageType.Ping && message.type !== MessageType.Pong) return;
  const { subscribed, closing } = (message.payload ?? {}) as Notice;
  if (closing) isRefused = FATAL.has(closing.code);
  for (const listener of listeners.get(subscribed?.split('-')[0] ?? '') ?? []) listener();
}
