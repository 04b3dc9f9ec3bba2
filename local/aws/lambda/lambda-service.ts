import { join } from 'node:path';
import { CallQueue } from './call-queue.ts';
import { Environment } from './environment.ts';
import type { FunctionDefinition, InvokeResult } from './function-definition.ts';

export interface LambdaServiceOptions {
  /** Environments that a function may have at once, where it reserves no number. */
  maxConcurrency: number;
  /**
   * Milliseconds that a call waits for an environment where there may be no more of them: AWS would start another. None if
   * left out; a number that a function reserves is one that AWS holds to as well.
   */
  waitTimeout?: number;
  /** What each process of a function sees besides the function's own variables. */
  variablesFor: (functionName: string) => Record<string, string>;
  functionArn: (functionName: string) => string;
  onLog: (functionName: string, line: string) => void;
  /** Milliseconds that a function has to load; Lambda's own limit where it is left out. */
  initLimit?: number;
}

export interface InvokeOptions {
  /** An alias or a version. */
  qualifier?: string | undefined;
  /** What the caller says of itself: JSON in ASCII. */
  clientContext?: string | undefined;
  /** The trace that it is a part of, in the X-Ray format; a new one if left out. */
  traceHeader?: string | undefined;
  /** Of the event, where it is tried again; a new one if left out. */
  requestId?: string;
}

/** A refused invocation, with AWS's name of the error and its HTTP status. */
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

const MAX_REQUEST = 6 * 1024 * 1024;
/** Milliseconds that Lambda gives a function to load. */
export const INIT_LIMIT = 10_000;
const BOOTSTRAP = [
  '--require',
  join(import.meta.dirname, 'runtime-client.cjs'),
  join(import.meta.dirname, '../../../node_modules/aws-lambda-ric/index.mjs'),
];

/** Node's arguments for a function: its share of memory, and AWS's runtime client. */
export function bootstrapOf({ memory }: FunctionDefinition): string[] {
  return [`--max-old-space-size=${Math.floor(memory * 0.9)}`, ...BOOTSTRAP];
}

interface Pool {
  definition: FunctionDefinition;
  environments: Set<Environment>;
}

/** The functions of the system and their environments: each call takes an idle one, or starts another up to the cap. */
export class LambdaService {
  readonly #options: LambdaServiceOptions;
  readonly #pools = new Map<string, Pool>();
  /** Environments that finish one last invocation after their function was replaced. */
  readonly #retiring = new Set<Environment>();
  readonly #callQueue = new CallQueue();

  constructor(options: LambdaServiceOptions) {
    this.#options = options;
  }

  /** Adds a function, or replaces it: running invocations end in the old environments, new ones get new environments. */
  put(definition: FunctionDefinition): void {
    const old = this.#pools.get(definition.name);
    this.#pools.set(definition.name, { definition, environments: new Set() });
    for (const environment of old?.environments ?? []) this.#retire(environment);
    this.#callQueue.wakeAll(definition.name);
  }

  /** Takes away the functions that are not among the given names. */
  keepOnly(names: Set<string>): void {
    for (const [name, { environments }] of this.#pools) {
      if (names.has(name)) continue;
      this.#pools.delete(name);
      for (const environment of environments) this.#retire(environment);
      this.#callQueue.wakeAll(name);
    }
  }

  /** Whether there is a function of this name. */
  has(name: string): boolean {
    return this.#pools.has(name);
  }

  /** A function by name and alias or version; throws InvocationRefused if there is none. */
  definitionOf(name: string, qualifier?: string): FunctionDefinition {
    return this.#pool(name, qualifier).definition;
  }

  /** Runs a function; throws InvocationRefused where Lambda would not run it. A function's own failure is in the result. */
  async invoke(name: string, payload: Buffer, { qualifier, ...options }: InvokeOptions = {}): Promise<InvokeResult> {
    const functionArn = this.#arn(name, qualifier);
    let pool = this.#pool(name, qualifier);
    if (payload.length > MAX_REQUEST) {
      const message = `Request must be smaller than ${MAX_REQUEST} bytes for the InvokeFunction operation`;
      throw new InvocationRefused(413, 'RequestTooLargeException', message);
    }
    const end = Date.now() + (this.#options.waitTimeout ?? 0);
    for (;;) {
      const environment = this.#idleOrNew(pool);
      // At once, so that nobody else takes the same one.
      if (environment) return environment.invoke({ payload, functionArn, ...options });
      const { reservedConcurrency } = pool.definition;
      const timeLeft = reservedConcurrency === undefined ? end - Date.now() : 0;
      if (timeLeft <= 0 || !(await this.#callQueue.wait(name, timeLeft))) throw throttled(reservedConcurrency);
      pool = this.#pool(name, qualifier);
    }
  }

  /** The folders of code that functions start from, and that environments still run from. */
  codeInUse(): Set<string> {
    const pools = [...this.#pools.values()];
    const environments = [...pools.flatMap((pool) => [...pool.environments]), ...this.#retiring];
    const ofPools = pools.map(({ definition }) => definition.codeDirectory);
    return new Set([...ofPools, ...environments.map(({ codeDirectory }) => codeDirectory)]);
  }

  /** Ends every process. */
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

  /** An environment that takes a call; undefined where all are at work and there may be no more. */
  #idleOrNew({ definition, environments }: Pool): Environment | undefined {
    const idle = [...environments].find(({ isIdle }) => isIdle);
    if (idle) return idle;
    const { reservedConcurrency } = definition;
    if (environments.size >= (reservedConcurrency ?? this.#options.maxConcurrency)) return undefined;
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

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
function throttled(reservedConcurrency: number | undefined): InvocationRefused {
  const scope = reservedConcurrency === undefined ? '' : 'ReservedFunction';
  const reason = `${scope}ConcurrentInvocationLimitExceeded`;
  return new InvocationRefused(429, 'TooManyRequestsException', 'Rate Exceeded.', reason);
}
