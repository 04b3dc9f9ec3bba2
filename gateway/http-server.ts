import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { GatewayContext } from './context.ts';
import { type Cors, corsHeaders, LOCAL_ORIGINS, preflightHeaders } from './http/cors.ts';
import { PreparedGateway } from './prepared/prepared-gateway.ts';
import type { GatewayServer } from './server.ts';

/** Bytes of a request's body: as API Gateway takes. */
const MAX_BODY = 10 * 1024 * 1024;

/** Operations that are served here have no facts that would be looked at. */
const NO_BOUNDS = { maxCost: Number.POSITIVE_INFINITY, policies: {} };

export interface HttpServerOptions {
  /** Its server has been started. */
  gateway: GatewayServer;
  context: (headers: IncomingMessage['headers']) => GatewayContext;
  /** JSON text of the answer to `GET /health`. */
  health: string;
  /** Pages of other origins that may call it; those on a local host if it is left out. */
  cors?: Cors;
}

/** Serves a started Apollo Server over plain HTTP: `/graphql` and `/health`. */
export function gatewayHttpServer(options: HttpServerOptions): Server {
  const { prepared, send } = options.gateway;
  const direct = new PreparedGateway({ operations: prepared, send, admission: NO_BOUNDS, maxBytes: MAX_BODY });
  const { cors = { origins: LOCAL_ORIGINS } } = options;
  return createServer((incoming, outgoing) => {
    if (incoming.method === 'OPTIONS')
      return void outgoing.writeHead(204, preflightHeaders(incoming.headers, cors)).end();
    for (const [name, value] of Object.entries(corsHeaders(incoming.headers.origin, cors)))
      outgoing.setHeader(name, value);
    respond(incoming, outgoing, options, direct).catch(() => sendError(outgoing, 500, 'Internal server error'));
  });
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: HttpServerOptions,
  direct: PreparedGateway,
): Promise<void> {
  const [pathname, search] = parted(incoming.url ?? '/');
  if (pathname === '/health') return send(outgoing, 200, JSON_HEADERS, options.health);
  if (pathname !== '/graphql') return sendError(outgoing, 404, 'Not found: the API is at /graphql.');
  const text = await read(incoming);
  if (text === undefined) return sendError(outgoing, 413, 'The request body is too large.');
  const request = { method: incoming.method ?? '', headers: incoming.headers, search, body: text };
  const context = () => options.context(incoming.headers);
  const answer = await direct.answer(request, context);
  if (answer) return send(outgoing, answer.status, inLines(Object.entries(answer.headers)), answer.body);
  const body = parsed(incoming, text);
  if (body === INVALID) return sendError(outgoing, 400, 'The request body is not valid JSON.');
  const response = await options.gateway.server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: incoming.method ?? '', headers: headersOf(incoming), search, body },
    context: async () => context(),
  });
  return sendResponse(outgoing, response);
}

/** An address's path, and what follows it. */
function parted(url: string): [pathname: string, search: string] {
  const end = url.indexOf('?');
  return end < 0 ? [url, ''] : [url.slice(0, end), url.slice(end)];
}

/** The body, or undefined for one that is too large; that too is read to its end, so that the answer arrives. */
function read(incoming: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
    });
    incoming.on('error', reject);
    incoming.on('end', () => resolve(size <= MAX_BODY ? Buffer.concat(chunks).toString('utf8') : undefined));
  });
}

const INVALID = Symbol('not JSON');

/** What Apollo Server gets as the body: JSON, or the text where the content type is another, which it refuses. */
function parsed({ headers }: IncomingMessage, text: string): unknown {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, [value].flat().join(', '));
  return map;
}

async function sendResponse(outgoing: ServerResponse, { status, headers, body }: HTTPGraphQLResponse): Promise<void> {
  if (body.kind === 'complete') return send(outgoing, status ?? 200, inLines(headers), body.string);
  throw new Error('Incremental delivery is not supported');
}

/** Several values of a header are lines of its text: each is sent by itself. */
function inLines(headers: Iterable<[string, string]>): OutgoingHttpHeaders {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, value.includes('\n') ? value.split('\n') : value]),
  );
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

function sendError(outgoing: ServerResponse, status: number, message: string): void {
  send(outgoing, status, JSON_HEADERS, JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }));
}

function send(outgoing: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
