import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** An answer, read to its end. */
export interface HttpAnswer {
  status: number;
  body: string;
}

/** Serves on this machine only; `port` 0 takes any. Gives the port. */
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

/** Posts JSON over connections that are kept. */
export function poster(port: number, connections: number): (path: string, body: string) => Promise<HttpAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (path, body) =>
    new Promise((resolve, reject) => {
      const headers = { ...JSON_HEADERS, 'content-length': Buffer.byteLength(body) };
      const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (incoming) => {
        readText(incoming).then((text) => resolve({ status: incoming.statusCode ?? 0, body: text }), reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
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
