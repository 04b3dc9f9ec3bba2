import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { LIBRARY, outputOf } from '../build/discover.ts';
import type { FunctionUrlEvent } from '../gateway/http/function-url.ts';
import type { HttpRequest } from './attacks.ts';

/** Response to one event. */
export interface MeasuredResponse {
  status: number;
  body: string;
  /** CPU time of all threads of the process, from the handler's call to its response. */
  cpuMs: number;
}

/** Memory of a process after garbage collection, 10^6 bytes. */
export interface Memory {
  rssMb: number;
  /** V8's heap and external memory. */
  heapMb: number;
}

/** Built gateway in its own process, with a fake Lambda API that counts invocations and returns empty data. */
export class GatewayProcess {
  readonly #process: ChildProcess;
  readonly #lambda: Server;
  /** Invocations of all functions. */
  invocations = 0;

  private constructor(lambda: Server, variables: Record<string, string>) {
    this.#lambda = lambda.on('request', (request, response) => {
      this.invocations++;
      request.resume().on('end', () => response.writeHead(200, JSON_TYPE).end('{"data":{}}'));
    });
    const { port } = lambda.address() as AddressInfo;
    this.#process = spawn(process.execPath, [PROGRAM, GATEWAY], {
      // Only stderr is shown: it tells why the process exits.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...GATEWAY_VARIABLES, ...variables, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
    });
  }

  /** Starts the gateway with the settings of production, but for these variables. */
  static async start(variables: Record<string, string> = {}): Promise<GatewayProcess> {
    const lambda = createServer();
    await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
    return new GatewayProcess(lambda, variables);
  }

  /** Runs requests one after the other. */
  answer(requests: HttpRequest[]): Promise<MeasuredResponse[]> {
    return this.#call({ events: requests.map(eventOf) });
  }

  memory(): Promise<Memory> {
    return this.#call({});
  }

  async close(): Promise<void> {
    const exit = once(this.#process, 'exit');
    if (this.#process.kill('SIGKILL')) await exit;
    this.#lambda.close();
    this.#lambda.closeAllConnections();
  }

  /** Sends a message and returns its reply; one call at a time. */
  async #call<Reply>(message: object): Promise<Reply> {
    const settled = new AbortController();
    const exited = once(this.#process, 'exit', settled).then(() => Promise.reject(new Error('The gateway exited.')));
    this.#process.send(message);
    try {
      const [reply] = await Promise.race([once(this.#process, 'message', settled), exited]);
      return reply;
    } finally {
      settled.abort();
    }
  }
}

const PROGRAM = join(import.meta.dirname, 'gateway-program.ts');
const GATEWAY = join(outputOf(LIBRARY), 'gateway', 'index.cjs');
const JSON_TYPE = { 'content-type': 'application/json' };
/** Environment of the built gateway, without the endpoint of AWS. */
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

/** Returns the function URL's event of a request, with the members that the gateway reads. Forms are in base64, as there. */
function eventOf({ method, headers, search = '', body }: HttpRequest): Partial<FunctionUrlEvent> {
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
  return {
    version: '2.0',
    rawPath: '/graphql',
    rawQueryString: search,
    headers,
    requestContext: { requestId: 'r', http: { method } } as FunctionUrlEvent['requestContext'],
    ...(body !== undefined && { body: isForm ? Buffer.from(body).toString('base64') : body }),
    isBase64Encoded: isForm,
  };
}
