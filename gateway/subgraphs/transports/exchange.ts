import type { Agent, IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import type { TimeLimit } from './time-limit.ts';

/** Node's own clients, each with connections that stay open, loaded when one is needed. */
interface Client {
  request: typeof import('node:http').request;
  agent: Agent;
}

const clients = new Map<string, Client>();

function clientFor(protocol: string): Client {
  const known = clients.get(protocol);
  if (known) return known;
  const { request, Agent } = process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http');
  const client = { request, agent: new Agent({ keepAlive: true }) };
  clients.set(protocol, client);
  return client;
}

/** What came back for an HTTP request. */
export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Where requests to an address go: for `request` of Node's HTTP clients. */
export function optionsFor(url: URL): RequestOptions {
  return {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    agent: clientFor(url.protocol).agent,
  };
}

/** Sends a request on a connection that stays open; it ends when the time is up. */
export function exchange(options: RequestOptions, body: string, limit: TimeLimit): Promise<HttpAnswer> {
  const { request } = clientFor(options.protocol ?? '');
  return new Promise((resolve, reject) => {
    const outgoing = request(options);
    outgoing.on('response', (incoming) => {
      const { statusCode: status = 0, headers } = incoming;
      read(incoming, reject, (text) => resolve({ status, headers, text }));
    });
    outgoing.on('error', reject).end(body);
    limit.onPass(() => outgoing.destroy(new Error('The time is up')));
  });
}

/** Opens a connection that the next request to an address takes, where that takes long: with its handshakes. */
export function openConnection(url: URL): void {
  if (url.protocol !== 'https:') return;
  const opening = clientFor(url.protocol).request({ ...optionsFor(url), method: 'HEAD' });
  // Without it, the request opens its own.
  opening.on('error', () => {});
  opening.on('response', (response) => response.resume());
  opening.end();
}

/** Reads an answer to its end. An async iterator would cost more than the rest. */
function read(incoming: IncomingMessage, reject: (error: unknown) => void, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('error', reject);
  incoming.on('end', () => done(textOf(chunks)));
}

/** The text of what came in pieces, most often in one. */
export function textOf(chunks: Buffer[]): string {
  const [only] = chunks;
  return (only && chunks.length === 1 ? only : Buffer.concat(chunks)).toString('utf8');
}
