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

  /** Closes a connection, and forgets it. */
  async close(connectionId: string, closing: Closing): Promise<void> {
    await this.forget(connectionId);
    await this.#services.clients.close(connectionId, closing);
  }

  /** Ends each subscription of a connection with an error, since its token has expired, and closes it. */
  async expire(connectionId: string): Promise<void> {
    const { clients } = this.#services;
    const connection = await this.forget(connectionId);
    if (!connection) return;
    await new Limiter(CONCURRENCY).each(Object.keys(connection.subscriptions), async (id) => {
      await clients.post(connectionId, { type: 'error', id, payload: [TOKEN_EXPIRED] });
    });
    await clients.close(connectionId, CLOSINGS.forbidden('The token has expired'));
  }
}
