import type { DatabaseSync } from 'node:sqlite';
import type { InvokeResult } from './function-definition.ts';
import { InvocationRefused } from './lambda-service.ts';

/** Settings of asynchronous invocations, https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export interface AsyncConfig {
  /** Retries of a failed event. */
  maxRetries: number;
  /** Milliseconds that an event may wait in total. */
  maxAge: number;
}

/** An event in the queue of a function. */
export interface QueuedEvent {
  id: string;
  functionName: string;
  qualifier: string;
  payload: Buffer;
  /** X-Ray trace header. */
  traceHeader?: string | undefined;
  /** Failed runs. */
  failures: number;
  /** Epoch milliseconds. */
  acceptedAt: number;
}

/** An event that is not retried again. */
export interface FailedEvent {
  event: QueuedEvent;
  condition: 'RetriesExhausted' | 'EventAgeExceeded';
  /** Result of the last run; undefined if it did not run. */
  result: InvokeResult | undefined;
}

export interface AsyncInvocationsOptions {
  database: DatabaseSync;
  /** Runs a function. Throws InvocationRefused if Lambda would not run it. */
  invoke: (event: QueuedEvent) => Promise<InvokeResult>;
  configOf: (functionName: string, qualifier: string) => AsyncConfig;
  onFailed: (failed: FailedEvent) => void;
}

/** Milliseconds before each retry; AWS waits one minute, then two. */
const RETRY_DELAYS = [1_000, 2_000];
/** Milliseconds before a throttled event runs again; this does not count as a retry. */
const THROTTLED_DELAY = 250;
/** Concurrent events per function: few, because each needs a process. */
const PARALLEL = 2;

interface Lane {
  waiting: QueuedEvent[];
  running: number;
}

/**
 * Queue of asynchronous invocations. Events stay on disk until they are handled or have failed after the last retry. An
 * event that was being handled when this process ended is handled again.
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

  /** Starts handling events, beginning with those of an earlier run. */
  start(): void {
    this.#isStopped = false;
    const rows = this.#options.database.prepare('SELECT * FROM async_events ORDER BY rowid').all();
    for (const row of rows)
      this.#enqueue({ ...(row as unknown as QueuedEvent), payload: Buffer.from(row.payload as Uint8Array) });
  }

  /** Handles no more events; the next run handles the rest. Resolves when no event is being handled. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  /** Queues an event; resolves when it is handled or has failed after the last retry. */
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
    // Stopping the system kills functions; that is not a failure of the event.
    if (this.#isStopped) return;
    if (result === 'throttled') return this.#enqueueLater(event, THROTTLED_DELAY);
    const failed = { ...event, failures: event.failures + 1 };
    if (failed.failures > maxRetries) return this.#fail({ event: failed, condition: 'RetriesExhausted', result });
    this.#options.database.prepare('UPDATE async_events SET failures = ? WHERE id = ?').run(failed.failures, failed.id);
    this.#enqueueLater(failed, RETRY_DELAYS[event.failures] ?? RETRY_DELAYS.at(-1) ?? 0);
  }

  /** Runs an event once; undefined if it could not run, such as when the function no longer exists. */
  async #attempt(event: QueuedEvent): Promise<InvokeResult | 'throttled' | undefined> {
    try {
      return await this.#options.invoke(event);
    } catch (error) {
      return error instanceof InvocationRefused && error.status === 429 ? 'throttled' : undefined;
    }
  }

  #enqueueLater(event: QueuedEvent, delay: number): void {
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
