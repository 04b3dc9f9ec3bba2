import { setTimeout as delay } from 'node:timers/promises';
import type { EventPattern } from '../events/event-pattern.ts';
import type { QueueDefinition, QueueStore, ReceivedMessage } from '../sqs/queue-store.ts';
import { batchItemFailures } from './batch-item-failures.ts';
import type { InvokeResult } from './function-definition.ts';
import { queueRecord } from './queue-record.ts';

/** A declared event source mapping of a queue. */
export interface QueueMappingDefinition {
  functionName: string;
  qualifier: string;
  queueName: string;
  batchSize: number;
  /** Batching window in milliseconds. */
  window: number;
  /** Maximum batches at once; undefined without a limit. */
  maxConcurrency: number | undefined;
  /** Whether the function returns `batchItemFailures`. */
  reportsFailures: boolean;
  /** A message is delivered if one of the filters matches, or if there are none; others are deleted. */
  filters: EventPattern[];
}

export interface QueueMappingOptions {
  definition: QueueMappingDefinition;
  queues: QueueStore;
  /** Returns the queue's definition; undefined if it is not declared. */
  queue: () => QueueDefinition | undefined;
  /** Returns whether the function's role may receive and delete messages. */
  mayReceive: () => boolean;
  /** Runs the function; undefined if it is throttled. */
  invoke: (payload: Buffer) => Promise<InvokeResult | undefined>;
  onError: (message: string) => void;
}

/** Batches at once: few, because each needs a process. */
const PARALLEL = 5;
/** Milliseconds that a receiver waits for a message. */
const WAIT = 20_000;
/** Milliseconds before the next try after an error or a denial. */
const ERROR_DELAY = 5_000;
const THROTTLED_DELAY = 250;

/**
 * Receives messages of a queue and invokes a function with them in batches. Handled messages are deleted; failed ones come again
 * after the visibility timeout, until the queue's redrive policy moves them to the dead-letter queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class QueueMapping {
  readonly #options: QueueMappingOptions;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> | undefined;

  constructor(options: QueueMappingOptions) {
    this.#options = options;
  }

  start(): void {
    const pollers = Math.min(PARALLEL, this.#options.definition.maxConcurrency ?? PARALLEL);
    this.#running ??= Promise.all(Array.from({ length: pollers }, () => this.#poll()));
  }

  /** Stops; messages of an unfinished batch can be received again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #poll(): Promise<void> {
    const { queue: find, mayReceive, onError } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const queue = find();
      try {
        if (queue && mayReceive()) await this.#process(queue, await this.#gather(queue));
        else await pause(ERROR_DELAY, signal);
      } catch (error) {
        if (!signal.aborted) onError(String(error));
        await pause(ERROR_DELAY, signal);
      }
    }
  }

  /** Returns the next messages; waits up to the batching window for a full batch once there is a message. */
  async #gather(queue: QueueDefinition): Promise<ReceivedMessage[]> {
    const { queues, definition } = this.#options;
    const { batchSize, window } = definition;
    const { signal } = this.#stopping;
    const messages = await queues.receive(queue, { max: batchSize, wait: WAIT, signal });
    const end = Date.now() + window;
    while (messages.length > 0 && messages.length < batchSize && Date.now() < end && !signal.aborted)
      messages.push(
        ...(await queues.receive(queue, { max: batchSize - messages.length, wait: end - Date.now(), signal })),
      );
    return messages;
  }

  async #process(queue: QueueDefinition, messages: ReceivedMessage[]): Promise<void> {
    const { queues } = this.#options;
    const matching = messages.filter((message) => this.#matches(queue.name, message));
    const remove = (handled: ReceivedMessage[]) => {
      for (const { receipt } of handled) queues.delete(queue, receipt);
    };
    remove(messages.filter((message) => !matching.includes(message)));
    if (matching.length === 0) return;
    const Records = matching.map((message) => queueRecord(queue.name, message));
    const result = await this.#invoke(Buffer.from(JSON.stringify({ Records })));
    // Stopping the system kills functions; that is not a failure of the batch.
    if (!result || (result.functionError && this.#stopping.signal.aborted))
      for (const { receipt } of matching) queues.changeVisibility(queue, receipt, 0);
    else remove(matching.filter(({ id }) => !this.#failed(matching, result).has(id)));
  }

  /** Runs the function; waits while it is throttled. Returns undefined if this stops. */
  async #invoke(payload: Buffer): Promise<InvokeResult | undefined> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const result = await this.#options.invoke(payload);
      if (result) return result;
      await pause(THROTTLED_DELAY, signal);
    }
    return undefined;
  }

  /** Returns the ids of the failed messages. A malformed report, or one with an unknown id, fails all. */
  #failed(messages: ReceivedMessage[], { functionError, body }: InvokeResult): Set<unknown> {
    const all = new Set<unknown>(messages.map(({ id }) => id));
    if (functionError) return all;
    if (!this.#options.definition.reportsFailures) return new Set();
    const failures = batchItemFailures(body);
    return failures?.every((id) => all.has(id)) ? new Set(failures) : all;
  }

  #matches(queueName: string, message: ReceivedMessage): boolean {
    const { filters } = this.#options.definition;
    const record = { ...queueRecord(queueName, message), body: parsed(message.body) };
    return filters.length === 0 || filters.some((matches) => matches(record));
  }
}

/** Filters match the members of a JSON body. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
