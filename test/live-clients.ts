import { once } from 'node:events';
import { type Client, type ClientOptions, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { eventually } from './eventually.ts';
import type { TestSystem } from './system.ts';

const PROTOCOL = 'graphql-transport-ws';

/** What a client has got of a subscription so far. */
export interface Followed {
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its results
  results: any[];
  /** Errors with which the subscription ended, or the event that ended the connection. */
  error?: unknown;
  isStarted: boolean;
  /** Ends the subscription. */
  end: () => void;
}

/** Payload of `subscribe`: an operation by its text or id. */
export interface Operation {
  query?: string;
  documentId?: string;
  variables?: Record<string, unknown>;
}

/** Clients of a system's subscriptions, which end with the test. */
export class LiveClients {
  readonly #system: TestSystem;
  readonly #clients: Client[] = [];
  readonly #sockets: RawClient[] = [];

  constructor(system: TestSystem) {
    this.#system = system;
  }

  get url(): string {
    const { webSocketUrl } = this.#system.system;
    if (!webSocketUrl) throw new Error('The system has no WebSocket API');
    return webSocketUrl;
  }

  /** Returns a client of the library graphql-ws, as it is but for what the options change. */
  client(options: Partial<ClientOptions> & { token?: string } = {}): Client {
    const { token, ...others } = options;
    const connectionParams = token === undefined ? {} : { connectionParams: { authorization: `Bearer ${token}` } };
    const client = createClient({ url: this.url, webSocketImpl: WebSocket, ...connectionParams, ...others });
    this.#clients.push(client);
    return client;
  }

  /** Subscribes without waiting. */
  subscribe(client: Client, operation: Operation): Followed {
    const followed: Followed = { results: [], isStarted: false, end: () => {} };
    // The message names the id of one subscription of the client; the tests begin them one after another.
    const stop = client.on('pong', (_, payload) => {
      followed.isStarted ||= payload?.subscribed !== undefined;
    });
    followed.end = client.subscribe(operation as never, {
      next: (result) => followed.results.push(result),
      error: (error) => {
        followed.error = error;
        stop();
      },
      complete: stop,
    });
    return followed;
  }

  /** Subscribes by a client of its own; returns when events reach it. */
  async follow(operation: Operation, token?: string): Promise<Followed> {
    const followed = this.subscribe(this.client(token === undefined ? {} : { token }), operation);
    await eventually(async () => expect(followed.isStarted || followed.error).toBeTruthy());
    if (followed.error) throw new Error(`The subscription has failed: ${JSON.stringify(followed.error)}`);
    return followed;
  }

  /** Opens a connection without a library. */
  async socket(): Promise<RawClient> {
    const socket = await RawClient.open(this.url);
    this.#sockets.push(socket);
    return socket;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.dispose();
    for (const socket of this.#sockets) socket.end();
  }
}

/** A client that can send anything. */
export class RawClient {
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its messages
  readonly messages: any[] = [];
  /** Called for each message. */
  onMessage: (message: RawClient['messages'][number]) => void = () => {};
  /** Code with which the connection was closed. */
  closedWith: number | undefined;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      this.messages.push(message);
      this.onMessage(message);
    });
    socket.on('close', (code) => {
      this.closedWith = code;
    });
  }

  static async open(url: string): Promise<RawClient> {
    const socket = new WebSocket(url, PROTOCOL);
    const client = new RawClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Opens a connection that is acknowledged. */
  async initialise(): Promise<this> {
    this.send({ type: 'connection_init' });
    await this.got({ type: 'connection_ack' });
    return this;
  }

  send(message: object | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Waits for a message. */
  async got(message: object): Promise<void> {
    await eventually(async () => expect(this.messages).toContainEqual(expect.objectContaining(message)));
  }

  /** Subscribes; returns when events reach it. */
  async subscribe(id: string, payload: Operation): Promise<void> {
    this.send({ type: 'subscribe', id, payload });
    await this.got({ type: 'pong', payload: { subscribed: id } });
  }

  /** Breaks the connection without a closing handshake. */
  terminate(): void {
    this.#socket.terminate();
  }

  end(): void {
    this.#socket.close(1000);
  }
}
