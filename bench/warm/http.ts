import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** A complete response. */
export interface HttpAnswer {
  status: number;
  body: string;
}

/** Serves on localhost; `port` 0 picks a free port. Returns the port. */
export async function serve(
  port: number,
  answer: (path: string, body: string) => string | Buffer | Promise<string | Buffer>,
): Promise<number> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    readText(incoming)
      .then((body) => answer(incoming.url ?? '', body))
      .then((text) => send(response, 200, text))
      .catch((error: unknown) => send(response, 500, JSON.stringify({ errors: [{ message: String(error) }] })));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Posts JSON to a localhost port over keep-alive connections. */
export class HttpClient {
  readonly #port: number;
  readonly #agent: Agent;

  constructor(port: number, connections: number) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  post(path: string, body: string): Promise<HttpAnswer> {
    const headers = { ...JSON_HEADERS, 'content-length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port: this.#port, path, method: 'POST', headers, agent: this.#agent };
    return new Promise((resolve, reject) => {
      const outgoing = request(options, (incoming) => {
        readText(incoming).then((text) => resolve({ status: incoming.statusCode ?? 0, body: text }), reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function readText(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    message.on('error', reject);
  });
}

function send(response: ServerResponse, status: number, body: string | Buffer): void {
  response.writeHead(status, { ...JSON_HEADERS, 'content-length': Buffer.byteLength(body) }).end(body);
}
