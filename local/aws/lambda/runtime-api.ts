import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runtimeError } from './runtime-errors.ts';

/** An invocation of a function. */
export interface Invocation {
  payload: Buffer;
  /** The function's ARN, with the invoked alias or version. */
  functionArn: string;
  /** ASCII JSON. */
  clientContext?: string | undefined;
  /** X-Ray trace header. */
  traceHeader?: string | undefined;
  /** A new id by default. */
  requestId?: string | undefined;
  /** Receives a streamed response; by default it becomes the result, like any other. */
  reader?: StreamReader | undefined;
}

/** Receives a streamed response as it comes. */
export interface StreamReader {
  /** Called before the first chunk, with the response's media type. */
  start: (contentType: string) => void;
  /** Resolves when the next chunk may come. */
  read: (chunk: Buffer) => Promise<void>;
  /** Called once after `start`: with false if the function failed in the middle. */
  end: (isComplete: boolean) => void;
}

/** Called on a runtime's requests. */
export interface RuntimeListener {
  /** The runtime requests its next invocation and waits for it. */
  onNext: () => void;
  onResult: (body: string, isError: boolean) => void;
  /** The runtime could not load the function. */
  onInitError: (body: string) => void;
}

/** States of a runtime, named as in Lambda. */
type State = 'Started' | 'Ready' | 'Running' | 'InvocationResponse' | 'InitError';

const BASE = '/2018-06-01/runtime';
/** Bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_RESPONSE = 6 * 1024 * 1024 + 100;
const MAX_STREAMED = 200 * 1024 * 1024;

/**
 * The Runtime API of one environment: its runtime fetches invocations from it and posts their results.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #listener: RuntimeListener;
  readonly #server = createServer((request, response) => {
    this.#handle(request, response).catch(() => response.destroy());
  });
  #state: State = 'Started';
  #pendingNext: ServerResponse | undefined;
  #id: string | undefined;
  #reader: StreamReader | undefined;

  constructor(listener: RuntimeListener) {
    this.#listener = listener;
  }

  /** Listens on the loopback interface; returns `host:port`. */
  async listen(): Promise<string> {
    // The connection is idle while the function runs; closing it would break the post of the result.
    this.#server.keepAliveTimeout = 0;
    // A streamed response lasts as long as its function.
    this.#server.requestTimeout = 0;
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Whether the runtime waits for an invocation. */
  get isReady(): boolean {
    return this.#state === 'Ready';
  }

  /** Sends an invocation to the waiting runtime; `deadline` is in epoch milliseconds. */
  deliver(id: string, deadline: number, invocation: Invocation): void {
    const { payload, functionArn, clientContext, traceHeader, reader } = invocation;
    this.#id = id;
    this.#reader = reader;
    this.#state = 'Running';
    this.#pendingNext
      ?.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': String(deadline),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': traceHeader ?? traceId(),
        ...(clientContext && { 'lambda-runtime-client-context': clientContext }),
      })
      .end(payload);
    this.#pendingNext = undefined;
  }

  /** Resets the state for the next process. */
  reset(): void {
    this.#state = 'Started';
    this.#pendingNext = undefined;
  }

  close(): void {
    this.#state = 'InitError';
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.startsWith(BASE) ? request.url.slice(BASE.length) : '';
    const [, id, end] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (id === this.#id && request.headers[RESPONSE_MODE] === 'streaming') return this.#stream(request, response);
    const body = Buffer.concat(await request.toArray());
    if (request.method === 'GET' && path === '/invocation/next') return this.#next(response);
    if (request.method !== 'POST') return reply(response, 404, runtimeError('NotFound', path));
    if (path === '/init/error') return this.#initError(response, body);
    if (!id) return reply(response, 404, runtimeError('NotFound', path));
    if (id !== this.#id) return reply(response, 400, runtimeError('InvalidRequestID', 'Invalid request ID'));
    this.#result(response, body, end === 'error');
  }

  #next(response: ServerResponse): void {
    if (this.#state === 'Running') return this.#refuse(response, 'Ready');
    this.#state = 'Ready';
    this.#pendingNext = response;
    this.#listener.onNext();
  }

  #result(response: ServerResponse, body: Buffer, isError: boolean): void {
    if (this.#state !== 'Running') return this.#refuse(response, 'InvocationResponse');
    this.#state = 'InvocationResponse';
    if (!isError && body.length > MAX_RESPONSE) return this.#tooLarge(response, MAX_RESPONSE);
    reply(response, 202, ACCEPTED);
    this.#listener.onResult(body.toString('utf8'), isError);
  }

  /** Passes a streamed response on. Its trailers tell whether the function failed after it began. */
  async #stream(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#state !== 'Running') return this.#refuse(response, 'InvocationResponse');
    this.#state = 'InvocationResponse';
    const maximum = this.#reader ? MAX_STREAMED : MAX_RESPONSE;
    const buffer = new BufferingReader();
    const reader = this.#reader ?? buffer;
    reader.start(request.headers['content-type'] ?? '');
    let bytes = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes <= maximum) await reader.read(chunk);
      }
    } catch {
      // The process has ended; its environment sets the result.
      return reader.end(false);
    }
    const error = request.trailers[ERROR_BODY];
    reader.end(error === undefined && bytes <= maximum);
    if (bytes > maximum) return this.#tooLarge(response, maximum);
    reply(response, 202, ACCEPTED);
    if (error === undefined) this.#listener.onResult(buffer.text(), false);
    else this.#listener.onResult(Buffer.from(error, 'base64').toString('utf8'), true);
  }

  #tooLarge(response: ServerResponse, maximum: number): void {
    const message = `Response payload size exceeded maximum allowed payload size (${maximum} bytes).`;
    reply(response, 413, runtimeError('RequestEntityTooLarge', message));
    this.#listener.onResult(runtimeError('Function.ResponseSizeTooLarge', message), true);
  }

  #initError(response: ServerResponse, body: Buffer): void {
    if (this.#state !== 'Started') return this.#refuse(response, 'InitError');
    this.#state = 'InitError';
    reply(response, 202, ACCEPTED);
    this.#listener.onInitError(body.toString('utf8'));
  }

  #refuse(response: ServerResponse, to: State): void {
    const message = `State transition from ${this.#state} to ${to} failed for runtime. Error: State transition is not allowed`;
    reply(response, 403, runtimeError('InvalidStateTransition', message));
  }
}

/** Collects a streamed response for an invocation whose caller wants it whole. */
class BufferingReader implements StreamReader {
  readonly #chunks: Buffer[] = [];

  start(): void {}

  async read(chunk: Buffer): Promise<void> {
    this.#chunks.push(chunk);
  }

  end(): void {}

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming */
const RESPONSE_MODE = 'lambda-runtime-function-response-mode';
const ERROR_BODY = 'lambda-runtime-function-error-body';

const ACCEPTED = JSON.stringify({ status: 'OK' });

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

/** Returns the X-Ray header of a new trace that is not sampled. */
function traceId(): string {
  const seconds = Math.floor(Date.now() / 1_000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
