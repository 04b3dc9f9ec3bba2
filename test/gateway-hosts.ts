import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Writable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { run } from '../build/code-cache/lambda-globals.cjs';
import type { Gateway } from '../gateway/gateway.ts';
import { type FunctionUrlEvent, httpRequestFrom, writeResponse } from '../gateway/http/function-url.ts';
import { nodeServer } from '../gateway/http/node-server.ts';

/** Request, the same for each host. */
export interface ClientRequest {
  method?: string;
  search?: string;
  headers?: Record<string, string>;
  /** Each as `name=value`. */
  cookies?: string[];
  body?: string | Uint8Array;
}

/** Response of either host. */
export interface ClientAnswer {
  status: number;
  headers: Record<string, string>;
  /** The `set-cookie` headers, in their order. */
  cookies: string[];
  /** Decompressed. */
  body: string;
}

/** Returns a gateway's response through one host. */
export type Host = (gateway: Gateway, request: ClientRequest) => Promise<ClientAnswer>;

const TIME_LEFT = 10_000;

/** Calls the gateway with events of a function URL, payload format 2.0. */
export const functionUrl: Host = async (gateway, request) => {
  const handler = awslambda.streamifyResponse(async (event: FunctionUrlEvent, stream: Writable) => {
    const response = await gateway.respond(httpRequestFrom(event), { requestId: 'r', timeLeft: TIME_LEFT });
    const bytes = await writeResponse(stream, response);
    await response.onSent?.(bytes);
  });
  const { statusCode = 0, headers = {}, cookies = [], ...result } = await run(handler, eventOf(request), {});
  const bytes = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
  return { status: statusCode, ...decoded(headers as Record<string, string>, bytes), cookies };
};

function eventOf({ method = 'POST', search = '', headers = {}, cookies, body }: ClientRequest): FunctionUrlEvent {
  const isText = typeof body === 'string';
  return {
    version: '2.0',
    rawPath: '/graphql',
    rawQueryString: search,
    headers,
    ...(cookies && { cookies }),
    requestContext: { requestId: 'r', http: { method } },
    ...(body !== undefined && { body: isText ? body : Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== undefined && !isText,
  } as unknown as FunctionUrlEvent;
}

/** Calls the gateway over HTTP. */
export class PlainHttp {
  readonly #server: Server;
  /** Gateway of the request in flight. */
  #gateway: Gateway | undefined;

  private constructor() {
    this.#server = nodeServer((request) => {
      if (!this.#gateway) throw new Error('No request was sent');
      return this.#gateway.respond(request, { requestId: 'r', timeLeft: TIME_LEFT });
    });
  }

  static async start(): Promise<PlainHttp> {
    const host = new PlainHttp();
    await new Promise<void>((resolve) => host.#server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  /** One request at a time. */
  readonly send: Host = (gateway, { method = 'POST', search = '', headers = {}, cookies, body = '' }) => {
    this.#gateway = gateway;
    const { port } = this.#server.address() as AddressInfo;
    const all = { ...headers, ...(cookies && { cookie: cookies.join('; ') }) };
    return new Promise((resolve, reject) => {
      httpRequest(
        { host: '127.0.0.1', port, method, path: `/graphql${search && `?${search}`}`, headers: all },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk) => chunks.push(chunk));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              ...decoded(ownHeaders(answer.headers), Buffer.concat(chunks)),
              cookies: answer.headers['set-cookie'] ?? [],
            }),
          );
        },
      )
        .on('error', reject)
        .end(body);
    });
  };

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Headers of the connection, and cookies, which have their own member. */
const EXCLUDED_HEADERS = new Set([
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'set-cookie',
]);

function ownHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => !EXCLUDED_HEADERS.has(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}

const DECODERS: Record<string, (bytes: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
};

function decoded(headers: Record<string, string>, bytes: Buffer): Pick<ClientAnswer, 'headers' | 'body'> {
  const decode = DECODERS[headers['content-encoding'] ?? ''];
  return { headers, body: (decode ? decode(bytes) : bytes).toString('utf8') };
}
