import type { GraphQLFormattedError } from 'graphql';
import type { ClientConnections } from './client-connections.ts';
import { type Connection, type ConnectionStore, STARTING } from './connection-store.ts';
import { Limiter } from './limiter.ts';
import { CLOSINGS, type Closing } from './protocol.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import type { ViewerConnections } from './viewer-connections.ts';

/** Concurrent calls for the subscriptions of one connection. */
const CONCURRENCY = 10;

/** Error of a subscription whose token has expired. */
export const TOKEN_EXPIRED: GraphQLFormattedError = {
  message: 'The token of this connection has expired. Connect again with a new one.',
  extensions: { code: 'UNAUTHENTICATED' },
};

export interface ConnectionEndServices {
  connections: ConnectionStore;
  subscriptions: SubscriptionStore;
  viewers: ViewerConnections;
  clients: ClientConnections;
}

/** Ends connections with all that is stored of them. */
export class ConnectionEnd {
  readonly #services: ConnectionEndServices;

  constructor(services: ConnectionEndServices) {
    this.#services = services;
  }

  /** Removes an ended connection, its subscriptions, and its place among the viewer's connections. */
  async forget(connectionId: string): Promise<Connection | undefined> {
    const { connections, subscriptions, viewers } = this.#services;
    const connection = await connections.remove(connectionId);
    if (!connection) return undefined;
    const { viewer } = connection;
    await new Limiter(CONCURRENCY).each(Object.entries(connection.subscriptions), async ([id, topicKey]) => {
      if (topicKey !== STARTING) await subscriptions.removeAt(topicKey, { connectionId, id });
    });
    if (viewer) await viewers.remove(viewer.id, [connectionId]);
    return connection;
  }

  /**
   * Forgets a connection, ends each of its subscriptions with an error, and closes it. After the code 1000, the only one that API
   * Gateway has, clients of the library graphql-ws connect again at once and without limit for subscriptions that have not ended.
   * `requested` is the id of a subscription that has not begun.
   */
  async close(connectionId: string, closing: Closing, requested?: string): Promise<void> {
    const connection = await this.forget(connectionId);
    await this.#close(connectionId, { connection, closing, requested, error: closedError(closing) });
  }

  /** Closes a connection whose token has expired, like `close`; does nothing if it has ended. */
  async expire(connectionId: string, requested?: string): Promise<void> {
    const connection = await this.forget(connectionId);
    const closing = CLOSINGS.forbidden('The token has expired');
    if (connection) await this.#close(connectionId, { connection, closing, requested, error: TOKEN_EXPIRED });
  }

  async #close(connectionId: string, { connection, closing, requested, error }: ClosedConnection): Promise<void> {
    const { clients } = this.#services;
    const ids = new Set([
      ...Object.keys(connection?.subscriptions ?? {}),
      ...(requested === undefined ? [] : [requested]),
    ]);
    await new Limiter(CONCURRENCY).each(ids, async (id) => {
      await clients.post(connectionId, { type: 'error', id, payload: [error] });
    });
    await clients.close(connectionId, closing);
  }
}

interface ClosedConnection {
  connection: Connection | undefined;
  closing: Closing;
  requested: string | undefined;
  /** Error of each subscription. */
  error: GraphQLFormattedError;
}

function closedError({ code, reason }: Closing): GraphQLFormattedError {
  return {
    message: `The server closes the connection: ${reason}`,
    extensions: { code: 'CONNECTION_CLOSED', closing: code },
  };
}
