import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import {
  type Closing,
  Connection,
  type ConnectionIdentity,
  type ConnectionLimits,
  DEFAULT_LIMITS,
  MAX_MESSAGE,
  newIdentity,
} from './connection.ts';
import { executeApiArn, routeKeyOf, type WebSocketApiDefinition, type WebSocketIntegration } from './definition.ts';
import { connectEvent, disconnectEvent, messageEvent, type WebSocketEvent } from './event.ts';
import {
  hasFailed,
  type IntegrationFailure,
  type IntegrationResponse,
  type Invoke,
  runIntegration,
} from './integration.ts';

/** Settings of WebSocket APIs. The functions are called for each event, so changed infrastructure applies immediately. */
export interface WebSocketApiOptions {
  /** Undefined: the system has no WebSocket API. */
  definition: () => WebSocketApiDefinition | undefined;
  invoke: Invoke;
  /** Returns whether a function's policy allows the API to invoke it for a route. */
  mayInvoke: (integration: WebSocketIntegration, routeArn: string) => boolean;
  limits?: Partial<ConnectionLimits>;
}

/** Milliseconds for clients to confirm that their connection ends with the system. */
const CLOSING_TIME = 500;
const PROTOCOL = 'sec-websocket-protocol';
const NO_ROUTE: IntegrationFailure = { status: 502, message: 'Internal server error' };
const KEY = /^[+/\dA-Za-z]{22}==$/;

/** WebSocket API of API Gateway: its routes invoke functions, which send messages by the management API. */
export class WebSocketApi {
  readonly #options: WebSocketApiOptions;
  readonly #limits: ConnectionLimits;
  readonly #connections = new Map<string, Connection>();
  readonly #open = new Set<Connection>();
  /** Subprotocols that functions chose, by request. */
  readonly #protocols = new WeakMap<IncomingMessage, string>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, handleProtocols: () => false });
  #isClosed = false;

  constructor({ limits, ...options }: WebSocketApiOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#server.on('headers', (headers, incoming) => {
      const protocol = this.#protocols.get(incoming);
      if (protocol) headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
    });
  }

  get definition(): WebSocketApiDefinition | undefined {
    return this.#options.definition();
  }

  /** Returns an open connection. */
  find(connectionId: string): Connection | undefined {
    return this.#connections.get(connectionId);
  }

  /** Accepts a connection if the function of `$connect` does. */
  async upgrade(incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const api = this.definition;
    const [path] = (incoming.url ?? '').split('?');
    const connection = newIdentity(incoming);
    if (!api || path !== `/${api.stage}`) return refuse(socket, 403, connection);
    if (!KEY.test(incoming.headers['sec-websocket-key'] ?? '')) return refuse(socket, 400, connection);
    const event = connectEvent({ api, connection }, incoming);
    const result = api.routes.$connect ? await this.#run(api, event) : { status: 200, headers: {} };
    if (this.#isClosed) return void socket.destroy();
    if (hasFailed(result) || result.status >= 300) return refuse(socket, result.status, connection);
    const protocol = result.headers[PROTOCOL];
    if (protocol) this.#protocols.set(incoming, protocol);
    this.#server.handleUpgrade(incoming, socket, head, (webSocket) => {
      const listeners = {
        onMessage: (body: string) => void this.#receive(opened, body),
        onEnd: (closing: Closing) => void this.#disconnect(opened, closing),
      };
      const opened: Connection = new Connection(connection, webSocket, socket, this.#limits, listeners);
      webSocket.on('close', () => this.#open.delete(opened));
      this.#connections.set(connection.id, opened);
      this.#open.add(opened);
    });
  }

  /** Ends all connections and waits for their clients. Invokes no function. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const connection of this.#open) connection.close();
    for (const end = Date.now() + CLOSING_TIME; this.#open.size > 0 && Date.now() < end; ) await delay(5);
    for (const connection of this.#open) connection.terminate();
  }

  /** Handles messages at once, also those of one connection: API Gateway does not wait for a message's function either. */
  async #receive(connection: Connection, body: string): Promise<void> {
    const api = this.definition;
    if (!api) return;
    const { identity } = connection;
    const routeKey = routeKeyOf(api, body);
    const event = messageEvent({ api, connection: identity }, routeKey, body);
    const result = api.routes[routeKey] ? await this.#run(api, event) : { ...NO_ROUTE, message: 'Forbidden' };
    if (!hasFailed(result) || !this.#connections.has(identity.id)) return;
    const { requestId } = event.requestContext;
    connection.send(JSON.stringify({ message: result.message, connectionId: identity.id, requestId }));
  }

  async #disconnect({ identity }: Connection, closing: Closing): Promise<void> {
    this.#connections.delete(identity.id);
    const api = this.definition;
    if (this.#isClosed || !api?.routes.$disconnect) return;
    await this.#run(api, disconnectEvent({ api, connection: identity }, closing));
  }

  async #run(api: WebSocketApiDefinition, event: WebSocketEvent): Promise<IntegrationResponse | IntegrationFailure> {
    const { routeKey } = event.requestContext;
    const integration = api.routes[routeKey];
    if (!integration || !this.#options.mayInvoke(integration, executeApiArn(api, routeKey))) return NO_ROUTE;
    return runIntegration(integration, event, this.#options.invoke);
  }
}

/** Refuses a handshake. */
function refuse(socket: Socket, status: number, { id }: ConnectionIdentity): void {
  const body = JSON.stringify({ message: STATUS_CODES[status], connectionId: id });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
