import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface EmulatorProgram {
  command: string;
  args: string[];
  /** Command that stops it; SIGTERM by default. */
  stop?: { command: string; args: string[] };
  /** Milliseconds until it must respond. */
  startTimeout: number;
  env?: { PATH: string };
  /** Endpoint. */
  url: string;
  onLog: (line: string) => void;
}

/** Milliseconds between restarts; doubled up to the maximum. */
const MIN_BACKOFF = 50;
const MAX_BACKOFF = 1_000;

/** Runs a DynamoDB until it is stopped; restarts it after a crash on the same port with the same data. */
export class EmulatorProcess {
  readonly #program: EmulatorProgram;
  readonly #stopping = new AbortController();
  #process: ChildProcess;
  #supervision: Promise<void> | undefined;

  private constructor(program: EmulatorProgram) {
    this.#program = program;
    this.#process = this.#spawn();
  }

  /** Starts the program; throws if it does not respond in time. */
  static async start(program: EmulatorProgram): Promise<EmulatorProcess> {
    const emulator = new EmulatorProcess(program);
    await emulator.#waitUntilReady();
    emulator.#supervision = emulator.#supervise();
    return emulator;
  }

  /** No longer restarts the program if it exits: Ctrl-C ends it together with this process. */
  expectExit(): void {
    this.#stopping.abort();
  }

  async stop(): Promise<void> {
    this.expectExit();
    await this.#supervision;
    if (hasExited(this.#process)) return;
    this.#terminate();
    await once(this.#process, 'exit');
  }

  /** Terminates the program without waiting. */
  kill(): void {
    this.expectExit();
    this.#terminate();
  }

  #terminate(): void {
    const { stop, env } = this.#program;
    if (!stop) this.#process.kill('SIGTERM');
    else spawn(stop.command, stop.args, { stdio: 'ignore', detached: true, ...(env && { env }) }).unref();
  }

  #spawn(): ChildProcess {
    const { command, args, env } = this.#program;
    return spawn(command, args, { stdio: 'ignore', ...(env && { env }) });
  }

  async #supervise(): Promise<void> {
    const { signal } = this.#stopping;
    while (await this.#crashed()) {
      this.#program.onLog(`DynamoDB exited with ${exitReason(this.#process)}; restarting it.`);
      await this.#restart();
      if (!signal.aborted) this.#program.onLog('DynamoDB is available again.');
    }
  }

  /** Waits for an exit; resolves to false if it was expected. */
  async #crashed(): Promise<boolean> {
    const { signal } = this.#stopping;
    if (!hasExited(this.#process)) await once(this.#process, 'exit', { signal }).catch(() => {});
    return !signal.aborted;
  }

  /** Retries until the program responds or is stopped. */
  async #restart(): Promise<void> {
    const { signal } = this.#stopping;
    for (let backoff = MIN_BACKOFF; !signal.aborted; backoff = Math.min(2 * backoff, MAX_BACKOFF)) {
      await delay(backoff, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      this.#process = this.#spawn();
      try {
        return await this.#waitUntilReady();
      } catch (error) {
        this.#program.onLog(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async #waitUntilReady(): Promise<void> {
    const child = this.#process;
    let spawnError: Error | undefined;
    child.once('error', (error) => {
      spawnError = error;
    });
    const { startTimeout } = this.#program;
    for (const end = Date.now() + startTimeout; Date.now() < end; ) {
      if (spawnError) throw new Error(`DynamoDB could not be started: ${spawnError.message}.`);
      if (hasExited(child)) throw new Error(`DynamoDB exited on startup with ${exitReason(child)}.`);
      if (await isReachable(this.#program.url)) return;
      await delay(10);
    }
    child.kill('SIGKILL');
    throw new Error(`DynamoDB did not respond within ${startTimeout / 1_000} s.`);
  }
}

function hasExited({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function exitReason({ exitCode, signalCode }: ChildProcess): string {
  return signalCode ? `signal ${signalCode}` : `exit code ${exitCode}`;
}

/** Returns whether a server responds at a URL. */
export function isReachable(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
