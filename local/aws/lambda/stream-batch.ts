import { setTimeout as delay } from 'node:timers/promises';
import { batchItemFailures } from './batch-item-failures.ts';
import type { InvokeResult } from './function-definition.ts';
import type { LambdaStreamRecord } from './stream-record.ts';

/** Retry settings of a stream mapping, https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
export interface BatchPolicy {
  /** -1 for unlimited. */
  maxRetries: number;
  /** Milliseconds; Infinity for unlimited. */
  maxRecordAge: number;
  /** Whether a failed batch is split in two. */
  bisects: boolean;
  /** Whether the function returns `batchItemFailures`. */
  reportsFailures: boolean;
}

/** Records that a mapping has given up on. */
export interface DroppedRecords {
  records: LambdaStreamRecord[];
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  invocations: number;
  result: InvokeResult | undefined;
}

export interface BatchOptions {
  policy: BatchPolicy;
  /** Runs the function; undefined if it is throttled. */
  invoke: (records: LambdaStreamRecord[]) => Promise<InvokeResult | undefined>;
  /** Called with records that were handled or dropped. */
  onDone: (records: LambdaStreamRecord[]) => void;
  onDropped: (dropped: DroppedRecords) => void;
  signal: AbortSignal;
}

/** Milliseconds between retries; doubled up to the maximum. AWS waits longer. */
const MIN_BACKOFF = 50;
const MAX_BACKOFF = 1_000;
const THROTTLED_DELAY = 250;
const SECOND = 1_000;

/**
 * Invokes a function with records until each is handled or dropped, or the signal aborts.
 *
 * AWS documents that a partial failure is retried from its first failed record "based on your retry strategy", and that
 * splitting a batch does not count as a retry. It does not say whether progress resets the count. Here it does not: a record
 * is delivered once and retried at most `maxRetries` times. With `bisects`, a batch is split at its first reported failure.
 */
export async function processBatch(
  records: LambdaStreamRecord[],
  options: BatchOptions,
  retries = 0,
  result?: InvokeResult,
): Promise<void> {
  const { policy, onDone, onDropped, signal } = options;
  const drop = (dropped: LambdaStreamRecord[], reason: Omit<DroppedRecords, 'records'>) => {
    if (dropped.length > 0) onDropped({ records: dropped, ...reason });
    onDone(dropped);
  };
  const oldest = Date.now() - policy.maxRecordAge;
  const old = records.filter((record) => createdAt(record) < oldest);
  const fresh = records.filter((record) => createdAt(record) >= oldest);
  drop(old, { condition: 'RecordAgeExceeded', invocations: retries, result });
  if (fresh.length === 0 || signal.aborted) return;

  const outcome = await options.invoke(fresh);
  if (!outcome) {
    await pause(THROTTLED_DELAY, signal);
    return processBatch(fresh, options, retries, result);
  }
  const failedAt = firstFailed(fresh, outcome, policy);
  onDone(fresh.slice(0, failedAt));
  const rest = fresh.slice(failedAt);
  // Stopping the system kills functions; that is not a failure of the batch.
  if (rest.length === 0 || signal.aborted) return;
  if (policy.bisects && failedAt > 0) return processBatch(rest, options, retries, outcome);
  if (policy.bisects && rest.length > 1) {
    const middle = Math.ceil(rest.length / 2);
    await processBatch(rest.slice(0, middle), options, retries, outcome);
    return processBatch(rest.slice(middle), options, retries, outcome);
  }
  if (policy.maxRetries >= 0 && retries >= policy.maxRetries) {
    return drop(rest, { condition: 'RetryAttemptsExhausted', invocations: retries + 1, result: outcome });
  }
  await pause(Math.min(MAX_BACKOFF, MIN_BACKOFF * 2 ** retries), signal);
  return processBatch(rest, options, retries + 1, outcome);
}

/** Returns the index of the first failed record; the number of records if none failed. */
function firstFailed(
  records: LambdaStreamRecord[],
  { functionError, body }: InvokeResult,
  policy: BatchPolicy,
): number {
  if (functionError) return 0;
  if (!policy.reportsFailures) return records.length;
  const failures = batchItemFailures(body);
  if (!failures) return 0;
  const failed = failures.map((id) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id));
  // An identifier that matches no record fails the whole batch.
  return failed.length > 0 ? Math.max(0, Math.min(...failed)) : records.length;
}

function createdAt({ dynamodb }: LambdaStreamRecord): number {
  return dynamodb.ApproximateCreationDateTime * SECOND;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
