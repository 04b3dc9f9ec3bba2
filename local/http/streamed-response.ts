import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { StreamReader } from '../aws/lambda/runtime-api.ts';
import { type ApiResponse, badGateway, headFromPrelude } from './response.ts';

/** Media type of a stream that begins with status and headers as JSON; eight zero bytes end them. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER = Buffer.alloc(8);
const NOTHING = Buffer.alloc(0);

type Head = Pick<ApiResponse, 'status' | 'headers'>;

/**
 * Passes a function's stream on to the client. Without a complete prelude, the client gets 502; an error after it breaks the
 * connection. If the client leaves, the rest is dropped: the function runs on, as on AWS.
 */
export class StreamedResponse implements StreamReader {
  readonly #outgoing: ServerResponse;
  readonly #finishHeaders: (headers: Head['headers']) => Head['headers'];
  #state: 'waiting' | 'prelude' | 'body' | 'malformed' = 'waiting';
  #isComplete = false;
  #prelude = NOTHING;
  /** Set until it is sent. */
  #head: Head | undefined;

  constructor(outgoing: ServerResponse, finishHeaders: (headers: Head['headers']) => Head['headers']) {
    this.#outgoing = outgoing;
    this.#finishHeaders = finishHeaders;
  }

  /** Whether the function streams its response. */
  get isStarted(): boolean {
    return this.#state !== 'waiting';
  }

  start(contentType: string): void {
    this.#state = contentType === WITH_PRELUDE ? 'prelude' : 'body';
    this.#head = { status: 200, headers: { 'content-type': contentType } };
  }

  async read(chunk: Buffer): Promise<void> {
    const body = this.#state === 'prelude' ? this.#readPrelude(chunk) : chunk;
    if (this.#state !== 'body') return;
    this.#sendHead();
    if (body.length === 0 || this.#outgoing.destroyed) return;
    if (!this.#outgoing.write(body)) await drained(this.#outgoing);
  }

  end(isComplete: boolean): void {
    this.#isComplete = isComplete;
  }

  /** Ends the response once the environment is ready again: the client's next request must not need another one. */
  finish(): void {
    if (this.#state === 'body' && this.#isComplete) {
      this.#sendHead();
      this.#outgoing.end();
    } else if (this.#outgoing.headersSent) this.#outgoing.destroy();
    else {
      const { status, headers, body } = badGateway();
      this.#outgoing.writeHead(status, this.#finishHeaders(headers)).end(body);
    }
  }

  /** Reads the status and headers; returns the bytes after them. */
  #readPrelude(chunk: Buffer): Buffer {
    this.#prelude = Buffer.concat([this.#prelude, chunk]);
    const end = this.#prelude.indexOf(DELIMITER);
    if (end < 0) return NOTHING;
    this.#head = headFromPrelude(this.#prelude.toString('utf8', 0, end));
    this.#state = this.#head ? 'body' : 'malformed';
    return this.#prelude.subarray(end + DELIMITER.length);
  }

  #sendHead(): void {
    if (!this.#head) return;
    this.#outgoing.writeHead(this.#head.status, this.#finishHeaders(this.#head.headers)).flushHeaders();
    this.#head = undefined;
  }
}

/** Resolves when the client has taken the bytes, or has left. */
async function drained(outgoing: ServerResponse): Promise<void> {
  const settled = new AbortController();
  await Promise.race([once(outgoing, 'drain', settled), once(outgoing, 'close', settled)]);
  settled.abort();
}
