import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Identity } from '../identity/identity.ts';
import { handleIdentityRequest, IDENTITY_PATH } from '../identity/identity-api.ts';
import type { Metrics } from '../logs/metrics.ts';
import { type DeveloperApi, serveDeveloperApi } from './developer-api.ts';
import type { frontDoor } from './function-url.ts';
import { type Page, servePage } from './pages.ts';
import { listen } from './port.ts';
import type { WebSocketApi } from './websocket/websocket-api.ts';

/** Handlers of the system's port. */
export interface ServerHandlers {
  api: ReturnType<typeof frontDoor>;
  webSockets: WebSocketApi;
  identity: Identity;
  metrics: Metrics;
  developer: DeveloperApi;
  pages: () => Page[];
}

/** Longer than clients keep connections idle, so that none is closed just as a client reuses it. */
const IDLE_CONNECTION_MS = 75_000;
const METRICS_HEADERS = { 'content-type': 'text/plain; version=0.0.4', 'cache-control': 'no-store' };

/** Starts the server of the token issuer, the metrics, the developer API, the pages and, for all other paths, the API and its WebSockets. */
export async function startServer(port: number, handlers: ServerHandlers): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    route(handlers, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.on('upgrade', (incoming, socket: Socket, head) => {
    handlers.webSockets.upgrade(incoming, socket, head).catch(() => socket.destroy());
  });
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  await listen(server, port);
  return server;
}

async function route(handlers: ServerHandlers, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith(IDENTITY_PATH)) return serveIssuer(handlers.identity, url, incoming, outgoing);
  if (url.pathname === '/metrics') return void outgoing.writeHead(200, METRICS_HEADERS).end(handlers.metrics.text());
  if (await serveDeveloperApi(handlers.developer, url.pathname, incoming, outgoing)) return;
  if (servePage(handlers.pages(), incoming, outgoing)) return;
  return handlers.api(incoming, outgoing);
}

async function serveIssuer(
  identity: Identity,
  url: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const cors = issuerCors(incoming.headers.origin);
  if (incoming.method === 'OPTIONS') return void outgoing.writeHead(204, cors).end();
  const body = Buffer.concat(await incoming.toArray()).toString('utf8');
  const response = await handleIdentityRequest(identity, incoming.method ?? '', url, body);
  const { status, body: content } = response ?? { status: 404, body: { message: 'Not Found' } };
  outgoing
    .writeHead(status, { ...cors, 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(content));
}

const LOCAL_ORIGIN = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Allows local pages only: unlike Cognito, the local issuer requires no password. */
function issuerCors(origin = ''): Record<string, string> {
  if (!LOCAL_ORIGIN.test(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET,POST,OPTIONS',
    'access-control-allow-headers': 'content-type,authorization',
    'access-control-max-age': '3600',
  };
}
