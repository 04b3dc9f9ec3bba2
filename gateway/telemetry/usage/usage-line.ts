import type { HttpRequest } from '../../http/http-message.ts';
import type { OperationUsage } from './operation-usage.ts';
import type { UsageRecord } from './usage-record.ts';

/** The reporter's log subscription filters by this message. */
const USAGE_MESSAGE = 'usage';
/** Maximum characters of a line; CloudWatch allows 256 KB. */
const MAX_LINE = 200_000;
/** Errors of a line that would be too long. */
const MAX_ERRORS = 100;

/**
 * Logs the usage of an operation; CloudWatch delivers the line to the reporter. It does not delay the response, and nothing
 * is lost if the function is frozen or ends right after.
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

/** Serializes a record; one too long for a line without its traces, and with few of its errors. */
function line(record: UsageRecord): string {
  const whole = JSON.stringify({ level: 'INFO', message: USAGE_MESSAGE, usage: record });
  if (whole.length <= MAX_LINE) return whole;
  const usage = { ...record, weight: 0, plan: [], calls: [], errors: record.errors.slice(0, MAX_ERRORS) };
  return JSON.stringify({ level: 'INFO', message: USAGE_MESSAGE, usage });
}
