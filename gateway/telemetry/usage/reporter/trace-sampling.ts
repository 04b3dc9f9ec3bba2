import type { Trace } from '@apollo/usage-reporting-protobuf';
import { LRUCache } from 'lru-cache';
import { bucketOf } from './duration-histogram.ts';
import { hasErrors } from './trace-nodes.ts';

/** Characters of remembered keys. */
const MAX_KEYS = 2 ** 20;

/**
 * Selects the traces to send: of the similar ones, those of the same operation with the same duration, one a minute, and one
 * in five seconds of those with errors. The others add to the statistics.
 */
export class TraceSampling {
  readonly #sent = new LRUCache<string, true>({ maxSize: MAX_KEYS, sizeCalculation: (_, { length }) => length });

  /** Whether to send a trace; false for the next similar ones. */
  take(key: string, trace: Trace): boolean {
    const seconds = trace.endTime?.seconds ?? 0;
    const errorPeriod = hasErrors(trace) ? Math.floor(seconds / 5) : '';
    const similar = JSON.stringify([key, bucketOf(trace.durationNs), Math.floor(seconds / 60), errorPeriod]);
    if (this.#sent.has(similar)) return false;
    this.#sent.set(similar, true);
    return true;
  }
}
