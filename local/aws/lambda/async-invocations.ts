import type { DatabaseSync } from 'node:sqlite';
import type { InvokeResult } from './function-definition.ts';
import { InvocationRefused } from './lambda-service.ts';

/** How a function is invoked asynchronously, https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export interface AsyncConfig {
  /** How often an event that failed is tried again. */
  maxRetries: number;
  /** Milliseconds that an event may wait in all. */
  maxAge: number;
}

/** An event that waits to be handled by a function. */
export interface QueuedEvent {
  id: string;
  functionName: string;
  qualifier: string;
  payload: Buffer;
  /** In the X-Ray format. */
  traceHeader?: string | undefined;
  /** Runs that ended in an error. */
  failures: number;
  /** Epoch milliseconds. */
  acceptedAt: number;
}

/** An event that will not be tried again. */
export interface FailedEvent {
  event: QueuedEvent;
  condition: 'RetriesExhausted' | 'EventAgeExceeded';
  /** What the last run came to. */
  result: InvokeResult | undefined;
}

export interface AsyncInvocationsOptions {
  database: DatabaseSync;
  /** Runs a function; throws InvocationRefused where Lambda would not run it. */
  invoke: (event: QueuedEvent) => Promise<InvokeResult>;
  configOf: (functionName: string, qualifier: string) => AsyncConfig;
  onFailed: (failed: FailedEvent) => void;
}

/** Milliseconds before each retry: AWS waits one minute, then two. */
const RETRY_DELAYS = [1_000, 2_000];
/** Milliseconds before a throttled event is tried again, which is no retry. */
const THROTTLED_DELAY = 250;
/** Events of one function that are handled at once: few, as each is a process of this machine. */
const PARALLEL = 2;

interface Lane {
  waiting: QueuedEvent[];
  running: number;
}

/**
 * The queue before asynchronous invocations. An event is kept on disk until its function has handled it or it has failed
 * for good, so that the end of this process loses none: what was being handled then is handled again.
 */
export class AsyncInvocations {
  readonly #options: AsyncInvocationsOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #ends = new Map<string, () => void>();
  readonly #running = new Set<Promise<void>>();
  #isStopped = true;

  constructor(options: AsyncInvocationsOptions) {
    this.#options = options;
    options.database.exec(
      'CREATE TABLE IF NOT EXISTS async_events (id TEXT PRIMARY KEY, functionName TEXT, qualifier TEXT, payload BLOB, traceHeader TEXT, failures INTEGER, acceptedAt INTEGER)',
    );
  }

  /** Begins to handle events, those that an earlier run left first. */
  start(): void {
    this.#isStopped = false;
    const rows = this.#options.database.prepare('SELECT * FROM async_events ORDER BY rowid').all();
    for (const row of rows)
      this.#enqueue({ ...(row as unknown as QueuedEvent), payload: Buffer.from(row.payload as Uint8Array) });
  }

  /** Starts nothing more; what is left is handled by the next run. The promise is kept when nothing runs any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  /** Takes an event; the promise is kept when it was handled or has failed for good. */
  accept(event: Omit<QueuedEvent, 'failures' | 'acceptedAt'>): Promise<void> {
    const queued = { ...event, failures: 0, acceptedAt: Date.now() };
    this.#options.database
      .prepare('INSERT INTO async_events VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(
        queued.id,
        queued.functionName,
        queued.qualifier,
        queued.payload,
        queued.traceHeader ?? null,
        0,
        queued.acceptedAt,
      );
    const ended = new Promise<void>((resolve) => this.#ends.set(queued.id, resolve));
    if (!this.#isStopped) this.#enqueue(queued);
    return ended;
  }

  #enqueue(event: QueuedEvent): void {
    const lane = this.#lanes.get(event.functionName) ?? { waiting: [], running: 0 };
    this.#lanes.set(event.functionName, lane);
    lane.waiting.push(event);
    this.#next(lane);
  }

  #next(lane: Lane): void {
    while (!this.#isStopped && lane.running < PARALLEL) {
      const event = lane.waiting.shift();
      if (!event) return;
      lane.running++;
      const running = this.#run(event).finally(() => {
        lane.running--;
        this.#running.delete(running);
        this.#next(lane);
      });
      this.#running.add(running);
    }
  }

  async #run(event: QueuedEvent): Promise<void> {
    const { maxRetries, maxAge } = this.#options.configOf(event.functionName, event.qualifier);
    if (Date.now() - event.acceptedAt > maxAge)
      return this.#fail({ event, condition: 'EventAgeExceeded', result: undefined });
    const result = await this.#attempt(event);
    if (result && result !== 'throttled' && !result.functionError) return this.#end(event);
    // A function that is stopped with the system has not failed.
    if (this.#isStopped) return;
    if (result === 'throttled') return this.#later(event, THROTTLED_DELAY);
    const failed = { ...event, failures: event.failures + 1 };
    if (failed.failures > maxRetries) return this.#fail({ event: failed, condition: 'RetriesExhausted', result });
    this.#options.database.prepare('UPDATE async_events SET failures = ? WHERE id = ?').run(failed.failures, failed.id);
    this.#later(failed, RETRY_DELAYS[event.failures] ?? RETRY_DELAYS.at(-1) ?? 0);
  }

  /** What one run came to; undefined if there was none, such as of a function that is there no more. */
  async #attempt(event: QueuedEvent): Promise<InvokeResult | 'throttled' | undefined> {
    try {
      return await this.#options.invoke(event);
    } catch (error) {
      return error instanceof InvocationRefused && error.status === 429 ? 'throttled' : undefined;
    }
  }

  #later(event: QueuedEvent, delay: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#enqueue(event);
    }, delay);
    this.#timers.add(timer);
  }

  #fail(failed: FailedEvent): void {
    this.#options.onFailed(failed);
    this.#end(failed.event);
  }

  #end({ id }: QueuedEvent): void {
    this.#options.database.prepare('DELETE FROM async_events WHERE id = ?').run(id);
    this.#ends.get(id)?.();
    this.#ends.delete(id);
  }
}
