import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { log } from '#platform/telemetry/log.ts';
import type { UsageRecord } from '../usage-record.ts';
import { OperationKeys } from './operation-keys.ts';
import { reportOf } from './report-of.ts';
import { sendReport } from './send-report.ts';
import { splitBySize } from './split-by-size.ts';
import { TraceSampling } from './trace-sampling.ts';

const INGRESS = 'https://usage-reporting.api.apollographql.com/api/ingress/traces';
/** Characters of the lines of one report; its encoding is shorter. */
const MAX_REPORT = 4 * 1024 * 1024;

const keys = new OperationKeys(import.meta.dirname);
const graphRef = requiredEnv('APOLLO_GRAPH_REF');
const ingress = {
  address: optionalEnv('APOLLO_USAGE_REPORTING_INGRESS_URL') ?? INGRESS,
  apiKey: requiredEnv('APOLLO_KEY'),
};
const sampling = new TraceSampling();
let storesTraces = true;

/**
 * Reports logged usage to Apollo Studio. After an error, Lambda retries the event and finally moves it to the dead-letter
 * queue.
 */
export async function handler({ awslogs }: CloudWatchLogsEvent): Promise<void> {
  const { logEvents }: CloudWatchLogsDecodedData = JSON.parse(
    gunzipSync(Buffer.from(awslogs.data, 'base64')).toString(),
  );
  const lines = logEvents.map(({ message }) => message);
  for (const part of splitBySize(lines, MAX_REPORT)) await report(part);
}

async function report(lines: readonly string[]): Promise<void> {
  const records = lines.map((line) => (JSON.parse(line) as { usage: UsageRecord }).usage);
  const known = records.filter(({ operation }) => keys.keyOf(operation) !== undefined);
  const unknown = records.length - known.length;
  if (unknown > 0) log.warn('operations with unknown ids are not reported', { operations: unknown });
  if (known.length === 0) return;
  const sendTrace: TraceSampling['take'] = (key, trace) => storesTraces && sampling.take(key, trace);
  ({ storesTraces } = await sendReport(reportOf(known, { graphRef, keys, sendTrace }), ingress));
  log.info('usage reported', { operations: known.length });
}
