import { recordTableCalls, type TableRecord } from '../dynamodb/record-table-calls.ts';
import { optionalEnv } from '../env.ts';
import { monotonicNow } from '../monotonic-clock.ts';
import type { FunctionRun } from './explanation.ts';

/** Runs the work of an explained invocation. `init` is the time of a cold start, in milliseconds. */
export async function recordRun<T>(
  init: number | undefined,
  work: () => Promise<T>,
): Promise<{ result: T; run: FunctionRun }> {
  const record: TableRecord = { began: monotonicNow(), tables: [], events: [] };
  const result = await recordTableCalls(record, work);
  const run: FunctionRun = {
    name: optionalEnv('AWS_LAMBDA_FUNCTION_NAME') ?? '',
    memory: Number(optionalEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE') ?? 0),
    ...(init !== undefined && { init }),
    run: monotonicNow() - record.began,
    tables: record.tables,
    events: record.events,
  };
  return { result, run };
}
