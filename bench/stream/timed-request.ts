import { request } from 'node:http';

/** A response, with times since the request. */
export interface TimedResponse {
  firstMs: number;
  endMs: number;
  bytes: number;
  /** The body. */
  text: string;
}

/** Posts JSON to a gateway on localhost. Throws for a status other than 200. */
export function timedRequest(port: number, body: object, headers: Record<string, string>): Promise<TimedResponse> {
  const start = performance.now();
  const since = () => performance.now() - start;
  const options = { host: '127.0.0.1', port, path: '/graphql', method: 'POST' };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { ...options, headers: { 'content-type': 'application/json', ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        let firstMs = Number.NaN;
        incoming.once('data', () => {
          firstMs = since();
        });
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const endMs = since();
          const content = Buffer.concat(chunks);
          const text = content.toString('utf8');
          if (incoming.statusCode === 200) resolve({ firstMs, endMs, bytes: content.length, text });
          else reject(new Error(`The gateway responded with status ${incoming.statusCode}: ${text.slice(0, 300)}`));
        });
      },
    );
    outgoing.on('error', reject).end(JSON.stringify(body));
  });
}
