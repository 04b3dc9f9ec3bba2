import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface EmulatorProgram {
  command: string;
  args: string[];
  /** What ends it; a signal if it is left out. */
  stop?: { command: string; args: string[] };
  /** Milliseconds that it may take to answer. */
  startLimit: number;
  env?: { PATH: string };
  /** Where it answers. */
  url: string;
  onLog: (line: string) => void;
}

/** Milliseconds before a program that has died is started again: the first pause, and the longest of those that follow. */
const PAUSE = 50;
const LONGEST_PAUSE = 1_000;

/** A DynamoDB that runs until it is stopped: one that dies is started again, on the same port and the same file. */
export class EmulatorProcess {
  readonly #program: EmulatorProgram;
  readonly #ending = new AbortController();
  #process: ChildProcess;
  #supervision: Promise<void> | undefined;

  private constructor(program: EmulatorProgram) {
    this.#program = program;
    this.#process = this.#spawn();
  }

  /** Starts it; throws if it does not answer. */
  static async start(program: EmulatorProgram): Promise<EmulatorProcess> {
    const emulator = new EmulatorProcess(program);
    await emulator.#untilItAnswers();
    emulator.#supervision = emulator.#supervise();
    return emulator;
  }

  /** From here on it may end: whoever ends this process by Ctrl-C ends that one too. */
  expectExit(): void {
    this.#ending.abort();
  }

  async stop(): Promise<void> {
    this.expectExit();
    await this.#supervision;
    if (hasEnded(this.#process)) return;
    this.#end();
    await once(this.#process, 'exit');
  }

  /** Tells it to end, and does not wait. */
  kill(): void {
    this.expectExit();
    this.#end();
  }

  #end(): void {
    const { stop, env } = this.#program;
    if (!stop) this.#process.kill('SIGTERM');
    else spawn(stop.command, stop.args, { stdio: 'ignore', detached: true, ...(env && { env }) }).unref();
  }

  #spawn(): ChildProcess {
    const { command, args, env } = this.#program;
    return spawn(command, args, { stdio: 'ignore', ...(env && { env }) });
  }

  async #supervise(): Promise<void> {
    const { signal } = this.#ending;
    while (await this.#dies()) {
      this.#program.onLog(`DynamoDB ended with ${howItEnded(this.#process)}, and is started again.`);
      await this.#startAgain();
      if (!signal.aborted) this.#program.onLog('DynamoDB answers again.');
    }
  }

  /** Whether it died: false when it is to end. */
  async #dies(): Promise<boolean> {
    const { signal } = this.#ending;
    if (!hasEnded(this.#process)) await once(this.#process, 'exit', { signal }).catch(() => {});
    return !signal.aborted;
  }

  /** Tries until it answers. */
  async #startAgain(): Promise<void> {
    const { signal } = this.#ending;
    for (let pause = PAUSE; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      await delay(pause, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      this.#process = this.#spawn();
      try {
        return await this.#untilItAnswers();
      } catch (error) {
        this.#program.onLog(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async #untilItAnswers(): Promise<void> {
    const child = this.#process;
    let problem: Error | undefined;
    child.once('error', (error) => {
      problem = error;
    });
    const { startLimit } = this.#program;
    for (const end = Date.now() + startLimit; Date.now() < end; ) {
      if (problem) throw new Error(`DynamoDB cannot be started: ${problem.message}.`);
      if (hasEnded(child)) throw new Error(`DynamoDB stopped as it started, with ${howItEnded(child)}.`);
      if (await answers(this.#program.url)) return;
      await delay(10);
    }
    child.kill('SIGKILL');
    throw new Error(`DynamoDB did not answer within ${startLimit / 1_000} s.`);
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function howItEnded({ exitCode, signalCode }: ChildProcess): string {
  return signalCode ? `signal ${signalCode}` : `exit code ${exitCode}`;
}

/** Whether a DynamoDB is there. */
export function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
