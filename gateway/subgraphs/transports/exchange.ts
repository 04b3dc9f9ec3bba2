import type { Agent, IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { ReceivedBody } from './received-body.ts';
import type { TimeLimit } from './time-limit.ts';

/** Node's HTTP client of one protocol, with keep-alive connections. */
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

/** An HTTP response with its body. */
export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: ReceivedBody;
}

/** Returns the options of Node's `request` for an address. */
export function optionsFor(url: URL): RequestOptions {
  return {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    agent: clientFor(url.protocol).agent,
  };
}

/** Sends a request on a keep-alive connection; aborts it when the time limit expires. */
export function exchange(options: RequestOptions, body: string, limit: TimeLimit): Promise<RawResponse> {
  const { request } = clientFor(options.protocol ?? '');
  return new Promise((resolve, reject) => {
    const outgoing = request(options);
    outgoing.on('response', (incoming) => {
      const { statusCode: status = 0, headers } = incoming;
      read(incoming, reject, (body) => resolve({ status, headers, body }));
    });
    outgoing.on('error', reject).end(body);
    limit.onExpire(() => outgoing.destroy(new Error('The time limit expired')));
  });
}

/** Opens an HTTPS connection in advance, so that the next request does not wait for the handshakes. */
export function openConnection(url: URL): void {
  if (url.protocol !== 'https:') return;
  const opening = clientFor(url.protocol).request({ ...optionsFor(url), method: 'HEAD' });
  // On failure, the next request opens its own connection.
  opening.on('error', () => {});
  opening.on('response', (response) => response.resume());
  opening.end();
}

/** Reads a whole response. An async iterator would cost more than the rest of the call. */
function read(incoming: IncomingMessage, reject: (error: unknown) => void, done: (body: ReceivedBody) => void): void {
  const body = new ReceivedBody();
  incoming.on('data', (chunk: Buffer) => body.add(chunk));
  incoming.on('error', reject);
  incoming.on('end', () => done(body));
}
