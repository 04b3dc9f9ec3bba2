import { setTimeout as delay } from 'node:timers/promises';
import type { TestSystem } from './system.ts';

/** Of a client between its requests. */
const PAUSE_MS = 30;

/** Clients that send a query again and again until stopped. */
export class ClientLoad {
  requests = 0;
  /** Responses with an error, and errors of connections. */
  readonly failures: unknown[] = [];
  readonly #clients: Promise<void>[];
  #isRunning = true;

  constructor(system: TestSystem, query: string, clients = 2) {
    this.#clients = Array.from({ length: clients }, () => this.#send(system, query));
  }

  /** Waits until a number of further requests have ended. */
  async more(requests: number): Promise<void> {
    const end = this.requests + requests;
    while (this.#isRunning && this.requests < end) await delay(PAUSE_MS);
  }

  /** Waits for the last responses; returns the failures. */
  async stop(): Promise<unknown[]> {
    this.#isRunning = false;
    await Promise.all(this.#clients);
    return this.failures;
  }

  async #send(system: TestSystem, query: string): Promise<void> {
    while (this.#isRunning) {
      const answer = await system.query(query).catch((error: Error) => error);
      if (answer instanceof Error || answer.status !== 200 || answer.errors) this.failures.push(answer);
      this.requests++;
      await delay(PAUSE_MS);
    }
  }
}
