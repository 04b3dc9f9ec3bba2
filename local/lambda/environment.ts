import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { FunctionDefinition, InvokeResult } from './function-definition.ts';

export interface EnvironmentOptions {
  definition: FunctionDefinition;
  /** Absolute path of Node. */
  node: string;
  /** Arguments for Node: the runtime client and what it needs. */
  bootstrap: string[];
  functionArn: string;
  /** What the process sees besides the function's own variables: region, credentials, endpoint. */
  variables: Record<string, string>;
  onLog: (line: string) => void;
  onExit: () => void;
  /** The process is about to be started. */
  onStart?: () => void;
  /** The process has just handed in an answer, and still runs. */
  onAnswer?: (pid: number) => void;
}

interface Invocation {
  id: string;
  payload: Buffer;
  /** Epoch milliseconds of the start of the handler; 0 until then. */
  startedAt: number;
  initDuration: number;
  settle: (result: InvokeResult) => void;
  timer?: NodeJS.Timeout;
}

const INIT_LIMIT = 10_000;
/** How long an answer waits for its environment to be ready again, so that calls in a row share one. */
const READY_GRACE = 100;
const MAX_RESPONSE = 6 * 1024 * 1024 + 100;

/**
 * One execution environment: a process under AWS's runtime client, with a Runtime API of its own. It does one invocation
 * at a time and is frozen between them. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  /** Whether the process has asked for its next invocation and has none. */
  isIdle = false;
  readonly #options: EnvironmentOptions;
  readonly #server: Server;
  readonly #createdAt = performance.now();
  #process: ChildProcess | undefined;
  #waiting: ServerResponse | undefined;
  #current: Invocation | undefined;
  #answer: (() => void) | undefined;
  #isCold = true;
  #isGone = false;
  #log: string[] = [];

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => this.#runtimeApi(request, response));
    this.#server.listen(0, '127.0.0.1', () => this.#start());
  }

  /** Runs one invocation; only an environment that is new or idle takes one. Never rejects. */
  invoke(payload: Buffer): Promise<InvokeResult> {
    this.isIdle = false;
    return new Promise((settle) => {
      this.#current = { id: randomUUID(), payload, startedAt: 0, initDuration: 0, settle };
      if (this.#waiting) return this.#deliver();
      this.#current.timer = setTimeout(() => this.#expire(INIT_LIMIT), INIT_LIMIT);
    });
  }

  /** Ends the process at once. */
  async stop(): Promise<void> {
    this.#isGone = true;
    this.isIdle = false;
    const process = this.#process;
    if (process && process.exitCode === null && process.signalCode === null) {
      process.kill('SIGKILL');
      await once(process, 'exit');
    }
    this.#closeServer();
  }

  #start(): void {
    if (this.#isGone) return this.#closeServer();
    const { definition, node, bootstrap, variables } = this.#options;
    const { port } = this.#server.address() as AddressInfo;
    this.#options.onStart?.();
    this.#process = spawn(node, bootstrap, {
      cwd: definition.codeDirectory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...lambdaVariables(definition),
        ...variables,
        ...definition.environment,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      },
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#logged(line));
    }
    this.#process.on('exit', (code, signal) => this.#exited(code, signal));
    this.#process.on('error', (error) => this.#logged(String(error)));
  }

  #runtimeApi(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').replace('/2018-06-01/runtime', '');
    const [, id, end] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (request.method === 'GET' && path === '/invocation/next') return this.#ready(response);
    readBody(request)
      .then((body) => {
        if (path === '/init/error') return this.#initFailed(response, body);
        if (!end || !id) return reply(response, 404, { errorType: 'NotFound', errorMessage: path });
        if (id !== this.#current?.id)
          return reply(response, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
        this.#answered(response, body, end === 'error');
      })
      .catch(() => response.destroy());
  }

  #ready(response: ServerResponse): void {
    this.#waiting = response;
    if (this.#current && this.#current.startedAt === 0) return this.#deliver();
    this.isIdle = !this.#isGone;
    this.#process?.kill('SIGSTOP');
    this.#flush();
  }

  #deliver(): void {
    const { definition, functionArn } = this.#options;
    const invocation = this.#current;
    const response = this.#waiting;
    if (!invocation || !response) return;
    this.#waiting = undefined;
    clearTimeout(invocation.timer);
    invocation.startedAt = Date.now();
    if (this.#isCold) invocation.initDuration = performance.now() - this.#createdAt;
    this.#isCold = false;
    invocation.timer = setTimeout(() => this.#expire(definition.timeout), definition.timeout);
    this.#log.push(`START RequestId: ${invocation.id} Version: $LATEST`);
    this.#process?.kill('SIGCONT');
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(invocation.startedAt + definition.timeout),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': traceId(),
    });
    response.end(invocation.payload);
  }

  #answered(response: ServerResponse, body: Buffer, isError: boolean): void {
    this.#options.onAnswer?.(this.#process?.pid ?? 0);
    if (!isError && body.length > MAX_RESPONSE) {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE - 100} bytes).`;
      reply(response, 413, { errorType: 'RequestEntityTooLarge', errorMessage });
      return this.#finish(JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }), true);
    }
    reply(response, 202, { status: 'OK' });
    this.#finish(body.toString('utf8'), isError);
  }

  #initFailed(response: ServerResponse, body: Buffer): void {
    reply(response, 202, { status: 'OK' });
    this.#finish(body.toString('utf8'), true);
    this.#endBroken();
  }

  #expire(limit: number): void {
    const errorMessage = `RequestId: ${this.#current?.id} Error: Task timed out after ${(limit / 1_000).toFixed(2)} seconds`;
    this.#finish(JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }), true);
    this.#endBroken();
  }

  #exited(code: number | null, signal: string | null): void {
    const how = signal
      ? `with error: signal: ${signal}`
      : code
        ? `with error: exit status ${code}`
        : 'without providing a reason';
    const errorMessage = `RequestId: ${this.#current?.id} Error: Runtime exited ${how}`;
    this.#finish(JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage }), true);
    this.#isGone = true;
    this.isIdle = false;
    this.#flush();
    this.#closeServer();
    this.#options.onExit();
  }

  #endBroken(): void {
    this.#isGone = true;
    this.#flush();
    this.#process?.kill('SIGKILL');
  }

  /** Fixes the result; it leaves when the environment is ready again, or after a short grace. */
  #finish(body: string, isError: boolean): void {
    const invocation = this.#current;
    if (!invocation) return;
    this.#current = undefined;
    clearTimeout(invocation.timer);
    const duration = invocation.startedAt ? Date.now() - invocation.startedAt : 0;
    const { id: requestId, initDuration } = invocation;
    this.#log.push(
      `END RequestId: ${requestId}`,
      report(requestId, duration, initDuration, this.#options.definition.memory),
    );
    const result: InvokeResult = { requestId, body, duration, initDuration, log: this.#log };
    if (isError) result.functionError = 'Unhandled';
    this.#log = [];
    const grace = setTimeout(() => this.#flush(), READY_GRACE);
    this.#answer = () => {
      clearTimeout(grace);
      invocation.settle(result);
    };
  }

  #flush(): void {
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.();
  }

  #logged(line: string): void {
    this.#log.push(line);
    this.#options.onLog(line);
  }

  #closeServer(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function lambdaVariables({ name, handler, memory, codeDirectory }: FunctionDefinition): Record<string, string> {
  return {
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: codeDirectory,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${randomBytes(16).toString('hex')}`,
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
  };
}

function report(requestId: string, duration: number, init: number, memory: number): string {
  const figures = [
    `Duration: ${duration} ms`,
    `Billed Duration: ${Math.ceil(duration + init)} ms`,
    `Memory Size: ${memory} MB`,
  ];
  if (init) figures.push(`Init Duration: ${init.toFixed(2)} ms`);
  return `REPORT RequestId: ${requestId}\t${figures.join('\t')}`;
}

/** A trace that is not sampled, in the X-Ray format. */
function traceId(): string {
  const seconds = Math.floor(Date.now() / 1_000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
