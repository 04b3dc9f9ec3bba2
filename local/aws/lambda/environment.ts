import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { lambdaVariables } from './environment-variables.ts';
import type { FunctionDefinition, InvokeResult } from './function-definition.ts';
import { MemoryWatch } from './memory-watch.ts';
import { reportLine } from './report-line.ts';
import { type Invocation, RuntimeApi } from './runtime-api.ts';
import { exitError, outOfMemoryError, startError, timeoutError } from './runtime-errors.ts';

export interface EnvironmentOptions {
  definition: FunctionDefinition;
  /** Version of the function. */
  version: string;
  /** Absolute path of the Node executable. */
  node: string;
  /** Arguments for Node that start the runtime client. */
  bootstrap: string[];
  /** Environment variables besides the function's own: region, credentials, endpoint. */
  variables: Record<string, string>;
  /** Milliseconds for the function to load, before it is reloaded once within its own timeout. */
  initLimit: number;
  onLog: (line: string) => void;
  onExit: () => void;
  onIdle?: () => void;
  /** Called before the process starts. */
  onStart?: () => void;
  /** Called when the process has returned a result, before it is frozen. */
  onAnswer?: (pid: number) => void;
}

interface Running {
  id: string;
  invocation: Invocation;
  /** Start of the function's timeout in epoch milliseconds; 0 until then. */
  startedAt: number;
  initDuration: number;
  settle: (result: InvokeResult) => void;
}

/** Milliseconds that a result waits for its environment to be ready again, so that consecutive calls share one. */
const READY_GRACE = 100;
/** Windows has no signal that suspends a process. */
const CAN_FREEZE = process.platform !== 'win32';

/**
 * Execution environment: a process under AWS's runtime client, with its own Runtime API. It runs one invocation at a time
 * and is frozen between them. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  readonly #options: EnvironmentOptions;
  readonly #api: RuntimeApi;
  readonly #createdAt = performance.now();
  readonly #exit = Promise.withResolvers<void>();
  #process: ChildProcess | undefined;
  #memory: MemoryWatch | undefined;
  #phase: 'init' | 'invoke' | 'loaded' = 'init';
  #running: Running | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Invocation error, if the process is being killed. */
  #failure: string | undefined;
  #releaseResult: (() => void) | undefined;
  #isRetired = false;
  #isStopped = false;
  #log: string[] = [];

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#api = new RuntimeApi({
      onNext: () => this.#ready(),
      onResult: (body, isError) => {
        options.onAnswer?.(this.#process?.pid ?? 0);
        this.#finish(body, isError);
      },
      onInitError: (body) => this.#kill(body),
    });
    void this.#api.listen().then((address) => this.#start(address));
  }

  /** Whether it is loaded, runs no invocation and has returned its last result. */
  get isIdle(): boolean {
    return this.#api.isReady && !this.#running && !this.#releaseResult && !this.#isStopped;
  }

  get codeDirectory(): string {
    return this.#options.definition.codeDirectory;
  }

  /** Runs an invocation; the environment must be new or idle. Never rejects. */
  invoke(invocation: Invocation): Promise<InvokeResult> {
    const { initLimit } = this.#options;
    return new Promise((settle) => {
      this.#running = { id: invocation.requestId ?? randomUUID(), invocation, startedAt: 0, initDuration: 0, settle };
      if (this.#api.isReady) return this.#deliver();
      this.#limit(initLimit, (id) => timeoutError(id, initLimit));
    });
  }

  /** Ends the process as soon as it is idle. */
  retire(): void {
    this.#isRetired = true;
    if (this.isIdle) void this.stop();
  }

  /** Kills the process. A running invocation fails as if the process had exited. */
  stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#process) this.#process.kill('SIGKILL');
    else this.#close(exitError(this.#requestId, null, 'SIGKILL'));
    return this.#exit.promise;
  }

  #start(address: string): void {
    if (this.#isStopped) return this.#api.close();
    const { definition, version, node, bootstrap, variables } = this.#options;
    this.#options.onStart?.();
    const child = spawn(node, bootstrap, {
      cwd: definition.codeDirectory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...lambdaVariables(definition, version),
        ...variables,
        ...definition.environment,
        AWS_LAMBDA_RUNTIME_API: address,
      },
    });
    this.#process = child;
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => this.#addLog(line));
    }
    child.on('error', (error) => child.pid ?? this.#close(startError(this.#requestId, error)));
    if (child.pid === undefined) return;
    this.#memory = new MemoryWatch(child.pid, definition.memory, () => this.#kill(outOfMemoryError(this.#requestId)));
    this.#memory.start();
    child.once('exit', (code, signal) => this.#exited(address, exitError(this.#requestId, code, signal)));
  }

  get #requestId(): string {
    return this.#running?.id ?? '';
  }

  #ready(): void {
    if (this.#running) return this.#deliver();
    clearTimeout(this.#timer);
    this.#memory?.stop();
    if (CAN_FREEZE) this.#process?.kill('SIGSTOP');
    // Output that the process wrote before it requested the next invocation arrives by the next turn of the event loop.
    setImmediate(() => {
      this.#release();
      if (this.#isRetired) void this.stop();
      if (this.isIdle) this.#options.onIdle?.();
    });
  }

  #deliver(): void {
    const running = this.#running;
    if (!running) return;
    if (this.#phase === 'init') running.initDuration = performance.now() - this.#createdAt;
    this.#phase = 'loaded';
    if (running.startedAt === 0) this.#begin(running);
    if (CAN_FREEZE) this.#process?.kill('SIGCONT');
    this.#memory?.start();
    this.#api.deliver(running.id, running.startedAt + this.#options.definition.timeout, running.invocation);
  }

  /** Starts the function's timeout. */
  #begin(running: Running): void {
    const { timeout } = this.#options.definition;
    running.startedAt = Date.now();
    this.#log.push(`START RequestId: ${running.id} Version: ${this.#options.version}`);
    this.#limit(timeout, (id) => timeoutError(id, timeout));
  }

  #limit(milliseconds: number, error: (id: string) => string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#kill(error(this.#requestId)), milliseconds);
  }

  #kill(failure: string): void {
    this.#failure ??= failure;
    this.#process?.kill('SIGKILL');
  }

  #exited(address: string, error: string): void {
    const failure = this.#failure ?? error;
    this.#failure = undefined;
    this.#memory?.stop();
    if (this.#phase === 'init' && this.#running && !this.#isStopped) this.#initializeAgain(this.#running, address);
    else this.#close(failure);
  }

  /** Like Lambda, reloads a function that failed to load, now within the timeout of the invocation. */
  #initializeAgain(running: Running, address: string): void {
    const duration = (performance.now() - this.#createdAt).toFixed(2);
    this.#log.push(`INIT_REPORT Init Duration: ${duration} ms\tPhase: init\tStatus: error`);
    this.#phase = 'invoke';
    this.#api.reset();
    this.#begin(running);
    this.#start(address);
  }

  #close(failure: string): void {
    this.#isStopped = true;
    this.#finish(failure, true);
    clearTimeout(this.#timer);
    setImmediate(() => this.#release());
    this.#api.close();
    this.#options.onExit();
    this.#exit.resolve();
  }

  /** Sets the result of the invocation; it is returned when the environment is ready again, or after a short grace. */
  #finish(body: string, isError: boolean): void {
    const running = this.#running;
    if (!running) return;
    this.#running = undefined;
    const duration = running.startedAt ? Date.now() - running.startedAt : 0;
    const grace = setTimeout(() => this.#release(), READY_GRACE);
    this.#releaseResult = () => {
      clearTimeout(grace);
      running.settle({
        requestId: running.id,
        executedVersion: this.#options.version,
        body,
        ...(isError && { functionError: 'Unhandled' }),
        duration,
        initDuration: running.initDuration,
        log: this.#takeLog(running, duration),
      });
    };
  }

  #release(): void {
    const release = this.#releaseResult;
    this.#releaseResult = undefined;
    release?.();
  }

  #addLog(line: string): void {
    this.#log.push(line);
    this.#options.onLog(line);
  }

  #takeLog({ id, initDuration }: Running, duration: number): string[] {
    const { memory } = this.#options.definition;
    const lines = [...this.#log, `END RequestId: ${id}`];
    this.#log = [];
    return [...lines, reportLine({ id, duration, initDuration, memory, peak: this.#memory?.peak() })];
  }
}
