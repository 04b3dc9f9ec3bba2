import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Characters of output kept for error messages. */
const KEPT_OUTPUT = 2_000;
const END_WITH_PARENT = join(import.meta.dirname, 'end-with-parent.mjs');
const ENVIRONMENT = { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };

/** Program to run: a Node file, or an executable, with its arguments. */
export type Command = string[] | { program: string; args: string[] };

/** A program of the benchmark in a child process. */
export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  #output = '';

  constructor(name: string, command: Command) {
    this.name = name;
    const { program, args } = Array.isArray(command)
      ? { program: process.execPath, args: ['--import', END_WITH_PARENT, ...command] }
      : command;
    this.#process = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: ENVIRONMENT,
      // Detached from Ctrl-C: the benchmark stops its processes in order.
      detached: true,
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
      });
    }
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Error with the exit reason and output, if the process has ended. */
  get ended(): Error | undefined {
    const { exitCode, signalCode } = this.#process;
    if (exitCode === null && signalCode === null) return undefined;
    return new Error(`The program "${this.name}" ended (${signalCode ?? `exit code ${exitCode}`}).\n${this.#output}`);
  }

  /** Receives the next message of a program that uses `onQuestion`: first its ready message, then its answers. */
  async says<Answer>(): Promise<Answer> {
    const done = new AbortController();
    try {
      const exit = once(this.#process, 'exit', done).then(() => Promise.reject(this.ended));
      const [message] = await Promise.race([once(this.#process, 'message', done), exit]);
      if ('failed' in message) throw new Error(`The program "${this.name}" failed: ${message.failed}`);
      return message.answer;
    } finally {
      done.abort();
    }
  }

  /** Sends a question to a program that uses `onQuestion`, one at a time; returns its answer. */
  ask<Answer>(question: object = {}): Promise<Answer> {
    const answer = this.says<Answer>();
    this.#process.send(question);
    return answer;
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }
}

/** Resources started by a benchmark, all stopped when it ends. */
export class Children {
  readonly #stops = new Set<() => unknown>();

  start(name: string, command: Command): Child {
    const child = new Child(name, command);
    this.adopt(() => child.stop());
    return child;
  }

  /** Registers a resource to stop; returns a function that stops it earlier. */
  adopt(stop: () => unknown): () => Promise<void> {
    this.#stops.add(stop);
    return async () => {
      this.#stops.delete(stop);
      await stop();
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#stops].map((stop) => stop()));
  }
}

/** In a child process: sends a ready message, then responds to the parent's messages. */
export function onQuestion<Question>(ready: object, answer: (question: Question) => Promise<unknown>): void {
  process.on('message', (question: Question) => {
    answer(question).then(
      (result) => process.send?.({ answer: result }),
      (error: Error) => process.send?.({ failed: error.message }),
    );
  });
  process.send?.({ answer: ready });
}
