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
  /** Absolute path of Node. */
  node: string;
  /** Arguments for Node: the runtime client and what it needs. */
  bootstrap: string[];
  /** What the process sees besides the function's own variables: region, credentials, endpoint. */
  variables: Record<string, string>;
  /** Milliseconds that the function has to load, before it is tried once more within its own timeout. */
  initLimit: number;
  onLog: (line: string) => void;
  onExit: () => void;
  /** It has nothing to do any more. */
  onIdle?: () => void;
  /** The process is about to be started. */
  onStart?: () => void;
  /** The process has just handed in an answer, and still runs. */
  onAnswer?: (pid: number) => void;
}

interface Running {
  id: string;
  invocation: Invocation;
  /** Epoch milliseconds at which the function's own time began; 0 until then. */
  startedAt: number;
  initDuration: number;
  settle: (result: InvokeResult) => void;
}

/** How long an answer waits for its environment to be ready again, so that calls in a row share one. */
const READY_GRACE = 100;
/** Windows has no signal that stops a process for a while. */
const CAN_FREEZE = process.platform !== 'win32';

/**
 * One execution environment: a process under AWS's runtime client, with a Runtime API of its own. It does one invocation
 * at a time and is frozen between them. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  readonly #options: EnvironmentOptions;
  readonly #api: RuntimeApi;
  readonly #createdAt = performance.now();
  readonly #end = Promise.withResolvers<void>();
  #process: ChildProcess | undefined;
  #memory: MemoryWatch | undefined;
  #phase: 'init' | 'invoke' | 'loaded' = 'init';
  #running: Running | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Why the process is being ended, as the error of its invocation. */
  #failure: string | undefined;
  #held: (() => void) | undefined;
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

  /** Whether it has loaded and has nothing to do; its last answer has left. */
  get isIdle(): boolean {
    return this.#api.isReady && !this.#running && !this.#held && !this.#isStopped;
  }

  get codeDirectory(): string {
    return this.#options.definition.codeDirectory;
  }

  /** Runs one invocation; only an environment that is new or idle takes one. Never rejects. */
  invoke(invocation: Invocation): Promise<InvokeResult> {
    const { initLimit } = this.#options;
    return new Promise((settle) => {
      this.#running = { id: invocation.requestId ?? randomUUID(), invocation, startedAt: 0, initDuration: 0, settle };
      if (this.#api.isReady) return this.#deliver();
      this.#limit(initLimit, (id) => timeoutError(id, initLimit));
    });
  }

  /** Ends the process as soon as it has nothing to do. */
  retire(): void {
    this.#isRetired = true;
    if (this.isIdle) void this.stop();
  }

  /** Ends the process at once, and an invocation that runs as one whose process ended. */
  stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#process) this.#process.kill('SIGKILL');
    else this.#ended(exitError(this.#requestId, null, 'SIGKILL'));
    return this.#end.promise;
  }

  #start(address: string): void {
    if (this.#isStopped) return this.#api.close();
    const { definition, node, bootstrap, variables } = this.#options;
    this.#options.onStart?.();
    const child = spawn(node, bootstrap, {
      cwd: definition.codeDirectory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...lambdaVariables(definition),
        ...variables,
        ...definition.environment,
        AWS_LAMBDA_RUNTIME_API: address,
      },
    });
    this.#process = child;
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => this.#logged(line));
    }
    child.on('error', (error) => child.pid ?? this.#ended(startError(this.#requestId, error)));
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
    // What the process wrote before it asked for more has come by the next turn of the event loop.
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

  /** The function's own time begins. */
  #begin(running: Running): void {
    const { timeout } = this.#options.definition;
    running.startedAt = Date.now();
    this.#log.push(`START RequestId: ${running.id} Version: $LATEST`);
    this.#limit(timeout, (id) => timeoutError(id, timeout));
  }

  #limit(milliseconds: number, failed: (id: string) => string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#kill(failed(this.#requestId)), milliseconds);
  }

  #kill(failure: string): void {
    this.#failure ??= failure;
    this.#process?.kill('SIGKILL');
  }

  #exited(address: string, how: string): void {
    const failure = this.#failure ?? how;
    this.#failure = undefined;
    this.#memory?.stop();
    if (this.#phase === 'init' && this.#running && !this.#isStopped) this.#initializeAgain(this.#running, address);
    else this.#ended(failure);
  }

  /** Lambda loads once more what has failed to load, now within the time of the invocation. */
  #initializeAgain(running: Running, address: string): void {
    const duration = (performance.now() - this.#createdAt).toFixed(2);
    this.#log.push(`INIT_REPORT Init Duration: ${duration} ms\tPhase: init\tStatus: error`);
    this.#phase = 'invoke';
    this.#api.reset();
    this.#begin(running);
    this.#start(address);
  }

  #ended(failure: string): void {
    this.#isStopped = true;
    this.#finish(failure, true);
    clearTimeout(this.#timer);
    setImmediate(() => this.#release());
    this.#api.close();
    this.#options.onExit();
    this.#end.resolve();
  }

  /** Fixes the result; it leaves when the environment is ready again, or after a short grace. */
  #finish(body: string, isError: boolean): void {
    const running = this.#running;
    if (!running) return;
    this.#running = undefined;
    const duration = running.startedAt ? Date.now() - running.startedAt : 0;
    const grace = setTimeout(() => this.#release(), READY_GRACE);
    this.#held = () => {
      clearTimeout(grace);
      running.settle({
        requestId: running.id,
        body,
        ...(isError && { functionError: 'Unhandled' }),
        duration,
        initDuration: running.initDuration,
        log: this.#takeLog(running, duration),
      });
    };
  }

  #release(): void {
    const answer = this.#held;
    this.#held = undefined;
    answer?.();
  }

  #logged(line: string): void {
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
