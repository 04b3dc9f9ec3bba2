import { AwsError } from '../aws-service.ts';
import { CallQueue } from './call-queue.ts';
import { countOf, Environments } from './environments.ts';
import type { FunctionDefinition, InvokeResult } from './function-definition.ts';
import { type AliasRoute, FunctionVersions, LATEST, type VersionPool } from './function-versions.ts';
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
  /** Returns the number after which a new function's versions begin; 0 by default. */
  lastVersionOf?: (functionName: string) => number;
  /** Called after each invocation. */
  onInvoked?: ((definition: FunctionDefinition, result: InvokeResult) => void) | undefined;
  /** Called for each invocation that ended or was throttled. */
  onCall?: (call: FunctionCall) => void;
  /** Called when `put` has pointed the aliases of a function to a new version. */
  onReplaced?: (functionName: string, version: string) => void;
  /** Milliseconds for a function to load; defaults to Lambda's limit. */
  initLimit?: number;
  /** Returns a number from 0 to 1 that chooses between the two versions of an alias; `Math.random` by default. */
  random?: () => number;
}

/** An invocation, as CloudWatch counts it. */
export interface FunctionCall {
  functionName: string;
  /** Alias or version by which it was invoked. */
  qualifier: string | undefined;
  /** Version that ran it. */
  version: string;
  outcome: 'success' | 'error' | 'throttle';
  /** Milliseconds; 0 if throttled. */
  duration: number;
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

/**
 * Runs functions in execution environments: each call uses an idle one of its version, or starts another up to the limit of the
 * function.
 */
export class LambdaService {
  readonly #options: LambdaServiceOptions;
  readonly #functions = new Map<string, FunctionVersions>();
  readonly #environments: Environments;
  readonly #callQueue = new CallQueue();

  constructor(options: LambdaServiceOptions) {
    this.#options = options;
    this.#environments = new Environments({
      ...options,
      initLimit: options.initLimit ?? INIT_LIMIT,
      onFree: (functionName) => this.#callQueue.wakeOne(functionName),
    });
  }

  /**
   * Adds or replaces a function: publishes a version, moves all its aliases there at once, and deletes the version before. Running
   * invocations finish in the old environments.
   */
  put(definition: FunctionDefinition): void {
    const existing = this.#functions.get(definition.name);
    const versions = existing ?? this.#newFunction(definition);
    this.#functions.set(definition.name, versions);
    for (const pool of versions.replace(definition)) this.#environments.drain(pool);
    this.#callQueue.wakeAll(definition.name);
    const last = versions.published.at(-1);
    if (last && versions.isRouted(last.version)) this.#options.onReplaced?.(definition.name, last.version);
  }

  /** Replaces `$LATEST`, or adds the function. Aliases and published versions stay as they are. */
  update(definition: FunctionDefinition): void {
    const existing = this.#functions.get(definition.name);
    if (existing) this.#environments.drain(existing.update(definition));
    else this.#functions.set(definition.name, this.#newFunction(definition));
    this.#callQueue.wakeAll(definition.name);
  }

  /** Publishes `$LATEST` and returns the version; the last one if nothing has changed since. */
  publish(name: string): string {
    return this.versionsOf(name).publish().version;
  }

  /** Points an alias to one or two versions. Environments of versions that no alias uses any more finish their invocations. */
  setAlias(name: string, alias: string, route: AliasRoute): void {
    const versions = this.versionsOf(name);
    for (const version of [route.version, route.second?.version ?? route.version])
      if (!versions.version(version)) throw notFound(`Function not found: ${this.#arn(name, version)}`);
    const before = versions.aliases.get(alias);
    versions.setAlias(alias, route);
    this.#drainUnused(versions, before);
  }

  deleteAlias(name: string, alias: string): void {
    const versions = this.versionsOf(name);
    const before = versions.aliases.get(alias);
    versions.deleteAlias(alias);
    this.#drainUnused(versions, before);
  }

  /** Deletes a published version. Throws an error if an alias uses it. */
  deleteVersion(name: string, version: string): void {
    const versions = this.versionsOf(name);
    if (versions.isRouted(version))
      throw new AwsError('ResourceConflictException', `An alias of ${name} points to version ${version}.`, 409);
    const deleted = versions.delete(version);
    if (deleted) this.#environments.drain(deleted);
  }

  /** Removes a function with all versions and aliases. */
  remove(name: string): void {
    const pools = this.#functions.get(name)?.pools ?? [];
    this.#functions.delete(name);
    for (const pool of pools) this.#environments.drain(pool);
    this.#callQueue.wakeAll(name);
  }

  /** Names of all functions. */
  get names(): string[] {
    return [...this.#functions.keys()];
  }

  /** Returns a function's versions and aliases. Throws an error if there is no such function. */
  versionsOf(name: string): FunctionVersions {
    const versions = this.#functions.get(name);
    if (versions) return versions;
    throw notFound(`Function not found: ${this.#arn(name)}`);
  }

  /** Replaces the environments of all functions; resolves when those that were idle have exited. */
  async restart(): Promise<void> {
    const pools = this.#pools();
    const idle = pools.flatMap(({ environments }) => [...environments].filter(({ isIdle }) => isIdle));
    for (const pool of pools) this.#environments.drain(pool);
    this.#callQueue.wakeAll();
    await Promise.all(idle.map((environment) => environment.stop()));
  }

  /** Removes all functions except the named ones. */
  keepOnly(names: Set<string>): void {
    for (const name of this.names) if (!names.has(name)) this.remove(name);
  }

  /** Returns whether the function runs here. */
  has(name: string): boolean {
    return this.#functions.has(name);
  }

  /** Returns a function by name and alias or version. Throws InvocationRefused if there is none. */
  definitionOf(name: string, qualifier?: string): FunctionDefinition {
    return this.#select(name, qualifier).definition;
  }

  /** Runs a function. Throws InvocationRefused if Lambda would not run it; the function's own errors are in the result. */
  async invoke(name: string, payload: Buffer, { qualifier, ...options }: InvokeOptions = {}): Promise<InvokeResult> {
    const functionArn = this.#arn(name, qualifier);
    let pool = this.#select(name, qualifier);
    if (payload.length > MAX_REQUEST) throw requestTooLarge();
    const call = { functionName: name, qualifier };
    const end = Date.now() + (this.#options.waitTimeout ?? 0);
    for (;;) {
      const limit = Math.min(this.#reservedFor(name), this.#options.maxConcurrency);
      const environment = this.#environments.idleOrNew(pool, this.#poolsOf(name), limit);
      // No await before this, so that no other call takes the same environment.
      if (environment) {
        const result = await environment.invoke({ payload, functionArn, ...options });
        this.#options.onInvoked?.(pool.definition, result);
        this.#options.onCall?.({ ...call, ...measured(result) });
        return result;
      }
      const isUsedUp = countOf(this.#poolsOf(name)) + this.#callQueue.count(name) >= this.#reservedFor(name);
      const timeLeft = isUsedUp ? 0 : end - Date.now();
      if (timeLeft <= 0 || !(await this.#callQueue.wait(name, timeLeft))) {
        this.#options.onCall?.({ ...call, version: pool.version, outcome: 'throttle', duration: 0 });
        throw throttled(isUsedUp);
      }
      // A call that waited keeps its version, so that an alias with two of them sends each its share.
      if (!this.#functions.get(name)?.mayRun(qualifier ?? LATEST, pool)) pool = this.#select(name, qualifier);
    }
  }

  /** Returns the code folders of all versions and running environments. */
  codeInUse(): Set<string> {
    const pools = this.#pools();
    const environments = [...pools.flatMap((pool) => [...pool.environments]), ...this.#environments.retiring];
    const ofPools = pools.map(({ definition }) => definition.codeDirectory);
    return new Set([...ofPools, ...environments.map(({ codeDirectory }) => codeDirectory)]);
  }

  /** Kills all processes and waits for them to exit. */
  async close(): Promise<void> {
    const all = this.#pools().flatMap(({ environments }) => [...environments]);
    this.#functions.clear();
    this.#callQueue.wakeAll();
    await Promise.all([...all, ...this.#environments.retiring].map((environment) => environment.stop()));
  }

  #newFunction(definition: FunctionDefinition): FunctionVersions {
    return new FunctionVersions(definition, this.#options.lastVersionOf?.(definition.name));
  }

  #pools(): VersionPool[] {
    return [...this.#functions.values()].flatMap(({ pools }) => pools);
  }

  #select(name: string, qualifier = LATEST): VersionPool {
    const random = (this.#options.random ?? Math.random)();
    const pool = this.#functions.get(name)?.select(qualifier, random);
    if (pool) return pool;
    throw new InvocationRefused(404, 'ResourceNotFoundException', `Function not found: ${this.#arn(name, qualifier)}`);
  }

  #arn(name: string, qualifier = LATEST): string {
    return `${this.#options.functionArn(name)}${qualifier === LATEST ? '' : `:${qualifier}`}`;
  }

  #poolsOf(name: string): VersionPool[] {
    return this.#functions.get(name)?.pools ?? [];
  }

  /** Concurrency is reserved for a function as a whole. */
  #reservedFor(name: string): number {
    return this.#functions.get(name)?.latest.definition.reservedConcurrency ?? Infinity;
  }

  /** Ends the environments of the versions that an alias pointed to, unless an alias still does. */
  #drainUnused(versions: FunctionVersions, before: AliasRoute | undefined): void {
    for (const version of [before?.version, before?.second?.version]) {
      const pool = version === undefined || versions.isRouted(version) ? undefined : versions.version(version);
      if (pool) this.#environments.drain(pool);
    }
    this.#callQueue.wakeAll(versions.latest.definition.name);
  }
}

function measured({
  executedVersion,
  functionError,
  duration,
}: InvokeResult): Omit<FunctionCall, 'functionName' | 'qualifier'> {
  return { version: executedVersion, outcome: functionError ? 'error' : 'success', duration };
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404);
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
