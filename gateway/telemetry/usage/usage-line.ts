import type { HttpRequest } from '../../http/http-message.ts';
import type { OperationUsage } from './operation-usage.ts';
import type { UsageRecord } from './usage-record.ts';

/** By it the reporter's subscription knows these lines of the log. */
const USAGE_MESSAGE = 'usage';
/** CloudWatch keeps lines of 256 KB. */
const MAX_LINE = 200_000;

/**
 * Leaves a line in the log that tells of an operation. It costs the client no wait, and a function that is frozen or ends right
 * after loses none: CloudWatch hands the lines to the reporter.
 */
export function writeUsage(usage: OperationUsage, { headers, method }: HttpRequest): void {
  const clientName = headers['apollographql-client-name'];
  const clientVersion = headers['apollographql-client-version'];
  const record = usage.record({
    method,
    ...(clientName && { clientName }),
    ...(clientVersion && { clientVersion }),
  });
  if (record) process.stdout.write(`${line(record)}\n`);
}

/** Without the subgraphs' traces where those are too long for a line. */
function line(record: UsageRecord): string {
  const whole = JSON.stringify({ level: 'INFO', message: USAGE_MESSAGE, usage: record });
  if (whole.length <= MAX_LINE) return whole;
  const calls = record.calls.map(({ trace: _, ...call }) => call);
  return JSON.stringify({ level: 'INFO', message: USAGE_MESSAGE, usage: { ...record, calls, weight: 0 } });
}
