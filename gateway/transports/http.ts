import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { InvalidAnswer, SubgraphDown, Throttled, toResponse } from './answer.ts';
import type { SubgraphCall, Transport } from './transport.ts';

// Node's own client: it costs a third of what `fetch` does.
const httpAgent = new HttpAgent({ keepAlive: true });
const httpsAgent = new HttpsAgent({ keepAlive: true });

/**
 * Sends a GraphQL request over HTTP. Nobody signs it, so that the viewer stays here; the client's headers stay too, but
 * for those that the rules name.
 */
export function post(address: string): Transport {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  const options: RequestOptions = {
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: `${url.pathname}${url.search}`,
    agent: isSecure ? httpsAgent : httpAgent,
    ...(url.username && { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }),
  };
  const send = isSecure ? requestHttps : requestHttp;

  return (call, limit) =>
    new Promise((resolve, reject) => {
      const body = `{${call.operation.members},"variables":${call.variables}}`;
      const outgoing = send({ ...options, headers: headersOf(call, body) });
      outgoing.on('response', (incoming) => {
        read(incoming, reject, (text) =>
          resolve({ response: responseFrom(incoming, text), headers: incoming.headers }),
        );
      });
      outgoing.on('error', reject).end(body);
      limit.onPass(() => outgoing.destroy(new Error('The time is up')));
    });
}

function headersOf({ caller, wantsTrace }: SubgraphCall, body: string) {
  return {
    ...caller.forwarded,
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
    'content-length': Buffer.byteLength(body),
    traceparent: caller.traceparent,
    ...(wantsTrace && { 'apollo-federation-include-trace': 'ftv1' }),
  };
}

/** Reads an answer to its end. An async iterator would cost more than the rest. */
function read(incoming: IncomingMessage, reject: (error: unknown) => void, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('error', reject);
  incoming.on('end', () => {
    const [only] = chunks;
    try {
      done((only && chunks.length === 1 ? only : Buffer.concat(chunks)).toString('utf8'));
    } catch (error) {
      reject(error);
    }
  });
}

/** Whatever its status, an answer that is a GraphQL response counts; but for the two that ask to come again. */
function responseFrom({ statusCode = 0 }: IncomingMessage, text: string) {
  if (statusCode === 429 || statusCode === 503) throw new Throttled(`Status ${statusCode}`);
  try {
    return toResponse(text);
  } catch (error) {
    if (error instanceof InvalidAnswer && statusCode >= 500) throw new SubgraphDown(`Status ${statusCode}`);
    throw error;
  }
}
