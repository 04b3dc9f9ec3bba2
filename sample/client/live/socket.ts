import { createClient } from 'graphql-ws';
import { onSessionChange, token } from '../session/session.ts';

/** Milliseconds between pings: the API closes a connection after ten minutes without a message. */
const KEEP_ALIVE_MS = 240_000;

/** Of a deployed stage, its output `SubscriptionEndpoint`; the local run serves WebSockets at the path of the API. */
const URL_OF_STAGE: string | undefined = import.meta.env.VITE_SUBSCRIPTION_ENDPOINT;

/** Listeners by operation name. */
const listeners = new Map<string, Set<() => void>>();
let subscriptions = 0;

/** Connection for subscriptions: opened with the first one, closed after the last, and opened anew when it is lost. */
export const socket = createClient({
  url: () => URL_OF_STAGE ?? new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
  connectionParams: () => {
    const bearer = token();
    return bearer ? { authorization: `Bearer ${bearer}` } : {};
  },
  keepAlive: KEEP_ALIVE_MS,
  retryAttempts: Number.POSITIVE_INFINITY,
  generateID: ({ operationName }) => {
    subscriptions += 1;
    return `${operationName}-${subscriptions}`;
  },
  on: { pong: onPong },
});

// A connection has the rights of the token that it began with.
onSessionChange(() => socket.terminate());

/** Calls a listener each time that a subscription of this name has begun, also after a lost connection. */
export function onSubscribed(operationName: string, listener: () => void): () => void {
  const ofName = listeners.get(operationName) ?? new Set();
  listeners.set(operationName, ofName.add(listener));
  return () => ofName.delete(listener);
}

/** Reads the server's notice that a subscription has begun. */
function onPong(_: boolean, payload: Record<string, unknown> | undefined): void {
  const [name = ''] = String(payload?.subscribed ?? '').split('-');
  for (const listener of listeners.get(name) ?? []) listener();
}
