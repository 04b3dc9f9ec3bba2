import { join } from 'node:path';
import { CallQueue } from './call-queue.ts';
import { Environment } from './environment.ts';
import type { FunctionDefinition, InvokeResult } from './function-definition.ts';
import type { StreamReader } from './runtime-api.ts';

export interface LambdaServiceOptions {
  /** Maximum concurrent environments of a function, also of one with more reserved concurrency. */
  maxConcurrency: number;
  /**
   * Milliseconds that a call waits for an environment at `maxConcurrency`; 0 by default. AWS would start another one. Calls
   * above the reserved concurrency of their function do not wait: AWS throttles them too.
   */
  waitTimeout?: number;
  /** Returns environment variables besides the function's own. */
  variablesFor: (functionName: string) => Record<string, string>;
  functionArn: (functionName: string) => string;
  onLog: (functionName: string, line: string) => void;
  /** Called after each invocation. */
  onInvoked?: ((definition: FunctionDefinition, result: InvokeResult) => void) | undefined;
  /** Milliseconds for a function to load; defaults to Lambda's limit. */
  initLimit?: number;
}

export interface InvokeOptions {
  /** An alias or a version. */
  qualifier?: string | undefined;
  /** ASCII JSON. */
  clientContext?: string | undefined;
  /** X-Ray trace header; a new trace by default. */
  traceHeader?: string | undefined;
  /** Id of a retried event or an HTTP request; a new id by default. */
  requestId?: string;
  /** Receives a streamed response; by default it becomes the result's body. */
  reader?: StreamReader;
}

/** Refused invocation, with AWS's error code and HTTP status. */
export class InvocationRefused extends Error {
  override name = 'InvocationRefused';
  readonly status: number;
  readonly type: string;
  readonly reason: string | undefined;

  constructor(status: number, type: string, message: string, reason?: string) {
    super(message);
    this.status = status;
    this.type = type;
    this.reason = reason;
  }
}

/** Bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_REQUEST = 6 * 1024 * 1024;
/** Lambda's limit in milliseconds for a function to load. */
export const INIT_LIMIT = 10_000;
const BOOTSTRAP = [
  '--require',
  join(import.meta.dirname, 'runtime-client.cjs'),
  join(import.meta.dirname, '../../../node_modules/aws-lambda-ric/index.mjs'),
];

/** Returns Node's arguments for a function: the heap limit and AWS's runtime client. */
export function bootstrapOf({ memory }: FunctionDefinition): string[] {
  return [`--max-old-space-size=${Math.floor(memory * 0.9)}`, ...BOOTSTRAP];
}

interface Pool {
  definition: FunctionDefinition;
  environments: Set<Environment>;
}

/** Runs functions in execution environments: each call uses an idle one, or starts another up to the limit. */
export class LambdaService {
  readonly #options: LambdaServiceOptions;
  readonly #pools = new Map<string, Pool>();
  /** Environments that finish their last invocation after their function was replaced. */
  readonly #retiring = new Set<Environment>();
  readonly #callQueue = new CallQueue();

  constructor(options: LambdaServiceOptions) {
    this.#options = options;
  }

  /** Adds or replaces a function. Running invocations finish in the old environments. */
  put(definition: FunctionDefinition): void {
    const old = this.#pools.get(definition.name);
    this.#pools.set(definition.name, { definition, environments: new Set() });
    for (const environment of old?.environments ?? []) this.#retire(environment);
    this.#callQueue.wakeAll(definition.name);
  }

  /** Replaces the environments of all functions; resolves when those that were idle have exited. */
  async restart(): Promise<void> {
    const pools = [...this.#pools.values()];
    const idle = pools.flatMap(({ environments }) => [...environments].filter(({ isIdle }) => isIdle));
    for (const { definition } of pools) this.put(definition);
    await Promise.all(idle.map((environment) => environment.stop()));
  }

  /** Removes all functions except the named ones. */
  keepOnly(names: Set<string>): void {
    for (const [name, { environments }] of this.#pools) {
      if (names.has(name)) continue;
      this.#pools.delete(name);
      for (const environment of environments) this.#retire(environment);
      this.#callQueue.wakeAll(name);
    }
  }

  /** Returns whether the function runs here. */
  has(name: string): boolean {
    return this.#pools.has(name);
  }

  /** Returns a function by name and alias or version. Throws InvocationRefused if there is none. */
  definitionOf(name: string, qualifier?: string): FunctionDefinition {
    return this.#pool(name, qualifier).definition;
  }

  /** Runs a function. Throws InvocationRefused if Lambda would not run it; the function's own errors are in the result. */
  async invoke(name: string, payload: Buffer, { qualifier, ...options }: InvokeOptions = {}): Promise<InvokeResult> {
    const functionArn = this.#arn(name, qualifier);
    let pool = this.#pool(name, qualifier);
    if (payload.length > MAX_REQUEST) throw requestTooLarge();
    const end = Date.now() + (this.#options.waitTimeout ?? 0);
    for (;;) {
      const environment = this.#idleOrNew(pool);
      // No await before this, so that no other call takes the same environment.
      if (environment) {
        const result = await environment.invoke({ payload, functionArn, ...options });
        this.#options.onInvoked?.(pool.definition, result);
        return result;
      }
      const { reservedConcurrency } = pool.definition;
      const isUsedUp = pool.environments.size + this.#callQueue.count(name) >= (reservedConcurrency ?? Infinity);
      const timeLeft = isUsedUp ? 0 : end - Date.now();
      if (timeLeft <= 0 || !(await this.#callQueue.wait(name, timeLeft))) throw throttled(isUsedUp);
      pool = this.#pool(name, qualifier);
    }
  }

  /** Returns the code folders of all functions and running environments. */
  codeInUse(): Set<string> {
    const pools = [...this.#pools.values()];
    const environments = [...pools.flatMap((pool) => [...pool.environments]), ...this.#retiring];
    const ofPools = pools.map(({ definition }) => definition.codeDirectory);
    return new Set([...ofPools, ...environments.map(({ codeDirectory }) => codeDirectory)]);
  }

  /** Kills all processes and waits for them to exit. */
  async close(): Promise<void> {
    const all = [...this.#pools.values()].flatMap(({ environments }) => [...environments]);
    this.#pools.clear();
    this.#callQueue.wakeAll();
    await Promise.all([...all, ...this.#retiring].map((environment) => environment.stop()));
  }

  #pool(name: string, qualifier = '$LATEST'): Pool {
    const pool = this.#pools.get(name);
    if (pool?.definition.qualifiers.includes(qualifier)) return pool;
    throw new InvocationRefused(404, 'ResourceNotFoundException', `Function not found: ${this.#arn(name, qualifier)}`);
  }

  #arn(name: string, qualifier = '$LATEST'): string {
    return `${this.#options.functionArn(name)}${qualifier === '$LATEST' ? '' : `:${qualifier}`}`;
  }

  /** Returns an idle or new environment; undefined if all are busy and the limit is reached. */
  #idleOrNew({ definition, environments }: Pool): Environment | undefined {
    const idle = [...environments].find(({ isIdle }) => isIdle);
    if (idle) return idle;
    const { reservedConcurrency = Infinity } = definition;
    if (environments.size >= Math.min(reservedConcurrency, this.#options.maxConcurrency)) return undefined;
    const environment: Environment = new Environment({
      definition,
      node: process.execPath,
      bootstrap: bootstrapOf(definition),
      variables: this.#options.variablesFor(definition.name),
      initLimit: this.#options.initLimit ?? INIT_LIMIT,
      onLog: (line) => this.#options.onLog(definition.name, line),
      onIdle: () => this.#callQueue.wakeOne(definition.name),
      onExit: () => {
        environments.delete(environment);
        this.#retiring.delete(environment);
        this.#callQueue.wakeOne(definition.name);
      },
    });
    environments.add(environment);
    return environment;
  }

  #retire(environment: Environment): void {
    this.#retiring.add(environment);
    environment.retire();
  }
}

/** Refusal of a payload above Lambda's limit. */
export function requestTooLarge(): InvocationRefused {
  const message = `Request must be smaller than ${MAX_REQUEST} bytes for the InvokeFunction operation`;
  return new InvocationRefused(413, 'RequestTooLargeException', message);
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
function throttled(isReservedUsedUp: boolean): InvocationRefused {
  const scope = isReservedUsedUp ? 'ReservedFunction' : '';
  const reason = `${scope}ConcurrentInvocationLimitExceeded`;
  return new InvocationRefused(429, 'TooManyRequestsException', 'Rate Exceeded.', reason);
}
