import { type Client, createClient } from 'graphql-ws';

export interface SubscriptionClientOptions {
  /** URL of the API over HTTP; subscriptions have the same path. */
  endpoint: string;
  /** Returns the headers of a request, with the token of the session. */
  authorized: (headers: HeadersInit | undefined) => Promise<Headers>;
  /** Called with the gateway's reason before it ends the connection. */
  onClosing: (reason: string) => void;
}

/** Notice of the gateway before it ends a connection: API Gateway has no close codes for the reason. */
interface Closing {
  reason: string;
}

/** Returns a client for subscriptions. It connects with the first one, and each connection has the session's token at that time. */
export function subscriptionClient({ endpoint, authorized, onClosing }: SubscriptionClientOptions): Client {
  const client: Client = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    // The user runs it again.
    retryAttempts: 0,
    connectionParams: async () => {
      const authorization = (await authorized(undefined)).get('authorization');
      return authorization ? { authorization } : {};
    },
    on: {
      ping: (isReceived, payload) => {
        const closing = payload?.closing as Closing | undefined;
        if (!isReceived || !closing) return;
        onClosing(closing.reason);
        // After the gateway's own code, 1000, the client would connect again at once, and without end.
        client.terminate();
      },
    },
  });
  return client;
}
