import { setTimeout as delay } from 'node:timers/promises';
import type { InvokeResult } from './function-definition.ts';
import type { LambdaStreamRecord } from './stream-record.ts';

/** How a mapping deals with a batch that fails, https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
export interface BatchPolicy {
  /** -1 for no end. */
  maxRetries: number;
  /** Milliseconds that a record may be old; Infinity for no end. */
  maxRecordAge: number;
  /** Whether a failed batch is cut into halves. */
  bisects: boolean;
  /** Whether the function names the records that failed. */
  reportsFailures: boolean;
}

/** Records that a mapping gave up. */
export interface DroppedRecords {
  records: LambdaStreamRecord[];
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  /** How often they were tried. */
  invocations: number;
  result: InvokeResult | undefined;
}

export interface BatchOptions {
  policy: BatchPolicy;
  /** Runs the function; undefined where it is throttled and the batch has to wait. */
  invoke: (records: LambdaStreamRecord[]) => Promise<InvokeResult | undefined>;
  /** Records that the mapping is done with: handled or dropped. */
  onDone: (records: LambdaStreamRecord[]) => void;
  onDropped: (dropped: DroppedRecords) => void;
  signal: AbortSignal;
}

/** Milliseconds before the first retry; doubled with each, up to the longest. AWS takes longer. */
const FIRST_BACKOFF = 50;
const LONGEST_BACKOFF = 1_000;
const THROTTLED_DELAY = 250;
const SECOND = 1_000;

/**
 * Gives records to a function until each of them is handled or dropped. Ends early when it is aborted.
 *
 * AWS documents that a partial failure is retried from its first failed record "based on your retry strategy", and that a split
 * batch costs no retry. It does not say whether progress begins the count anew. Here it does not: a record is delivered once
 * and retried at most `maxRetries` times. With `bisects`, a batch is split at the record that the function names.
 */
export async function processBatch(
  records: LambdaStreamRecord[],
  options: BatchOptions,
  retries = 0,
  result?: InvokeResult,
): Promise<void> {
  const { policy, onDone, onDropped, signal } = options;
  const drop = (dropped: LambdaStreamRecord[], facts: Omit<DroppedRecords, 'records'>) => {
    if (dropped.length > 0) onDropped({ records: dropped, ...facts });
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
  // A function that is stopped with the system has not failed.
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
  await pause(Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** retries), signal);
  return processBatch(rest, options, retries + 1, outcome);
}

/** The index of the first record that failed; the number of records if none did. */
function firstFailed(
  records: LambdaStreamRecord[],
  { functionError, body }: InvokeResult,
  policy: BatchPolicy,
): number {
  if (functionError) return 0;
  if (!policy.reportsFailures) return records.length;
  const failures = failuresIn(body);
  if (!failures) return 0;
  const failed = failures.map((id) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id));
  // An identifier that is of no record of the batch fails all of it.
  return failed.length > 0 ? Math.max(0, Math.min(...failed)) : records.length;
}

/**
 * The identifiers that a function reports; undefined for a malformed report, which fails the whole batch. An empty or absent
 * answer or list is success: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
function failuresIn(body: string): unknown[] | undefined {
  const answer = parsed(body);
  if (answer === null) return [];
  if (typeof answer !== 'object' || Array.isArray(answer)) return undefined;
  const { batchItemFailures: list = null } = answer as { batchItemFailures?: unknown };
  if (list === null) return [];
  if (!Array.isArray(list)) return undefined;
  return list.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
}

/** Undefined for what is no JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body || 'null');
  } catch {
    return undefined;
  }
}

function createdAt({ dynamodb }: LambdaStreamRecord): number {
  return dynamodb.ApproximateCreationDateTime * SECOND;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
