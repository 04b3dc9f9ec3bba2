import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { LIBRARY, outputOf } from '../build/discover.ts';
import type { HttpRequest } from './attacks.ts';

/** What came of one event. */
export interface Answered {
  status: number;
  body: string;
  /** CPU time of the process, all its threads, from the call of the handler to its answer. */
  cpuMs: number;
}

/** What a process holds after its garbage is collected, 10^6 bytes. */
export interface Memory {
  rssMb: number;
  /** V8's heap, and what it holds outside. */
  heapMb: number;
}

/** The built gateway in a process of its own, before a Lambda that is made up: it answers nothing, and counts its calls. */
export class GatewayProcess {
  readonly #process: ChildProcess;
  readonly #lambda: Server;
  /** Calls that any function got. */
  invocations = 0;

  private constructor(lambda: Server, variables: Record<string, string>) {
    this.#lambda = lambda.on('request', (request, response) => {
      this.invocations++;
      request.resume().on('end', () => response.writeHead(200, JSON_TYPE).end('{"data":{}}'));
    });
    const { port } = lambda.address() as AddressInfo;
    this.#process = spawn(process.execPath, [PROGRAM, GATEWAY], {
      // What it logs nobody looks at, but not why it ends.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...GATEWAY_VARIABLES, ...variables, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
    });
  }

  /** Starts it as in production, where these variables say nothing else. */
  static async start(variables: Record<string, string> = {}): Promise<GatewayProcess> {
    const lambda = createServer();
    await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
    return new GatewayProcess(lambda, variables);
  }

  /** Answers requests, one after the other. */
  answer(requests: HttpRequest[]): Promise<Answered[]> {
    return this.#ask({ events: requests.map(eventOf) });
  }

  memory(): Promise<Memory> {
    return this.#ask({});
  }

  async close(): Promise<void> {
    const exit = once(this.#process, 'exit');
    if (this.#process.kill('SIGKILL')) await exit;
    this.#lambda.close();
    this.#lambda.closeAllConnections();
  }

  /** One question at a time. */
  async #ask<Answer>(question: object): Promise<Answer> {
    const settled = new AbortController();
    const ended = once(this.#process, 'exit', settled).then(() => Promise.reject(new Error('The gateway ended.')));
    this.#process.send(question);
    try {
      const [answer] = await Promise.race([once(this.#process, 'message', settled), ended]);
      return answer;
    } finally {
      settled.abort();
    }
  }
}

const PROGRAM = join(import.meta.dirname, 'gateway-program.ts');
const GATEWAY = join(outputOf(LIBRARY), 'gateway', 'index.cjs');
const JSON_TYPE = { 'content-type': 'application/json' };
/** What the built gateway wants of its environment; where it finds AWS, each test says itself. */
export const GATEWAY_VARIABLES = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'y',
  FUNCTION_PREFIX: 'x-',
  INTROSPECTION: 'off',
  TOKEN_ISSUER: 'http://127.0.0.1:1',
  TOKEN_AUDIENCE: 'x',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  NODE_ENV: 'production',
};

/** The event of a request, of what the gateway reads of one; as API Gateway does, it encodes what is not text. */
function eventOf({ method, headers, search = '', body }: HttpRequest): Partial<APIGatewayProxyEventV2> {
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
  return {
    version: '2.0',
    rawPath: '/graphql',
    rawQueryString: search,
    headers,
    requestContext: { requestId: 'r', http: { method } } as APIGatewayProxyEventV2['requestContext'],
    ...(body !== undefined && { body: isForm ? Buffer.from(body).toString('base64') : body }),
    isBase64Encoded: isForm,
  };
}
