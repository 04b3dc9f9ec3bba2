import { gunzipSync, gzipSync } from 'node:zlib';
import { Report } from '@apollo/usage-reporting-protobuf';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { log } from '#platform/telemetry/log.ts';
import type { UsageRecord } from '../usage-record.ts';
import { OperationKeys } from './operation-keys.ts';
import { reportOf } from './report-of.ts';

const INGRESS = 'https://usage-reporting.api.apollographql.com/api/ingress/traces';
const TIMEOUT_MS = 20_000;

const keys = new OperationKeys(import.meta.dirname);
const graphRef = requiredEnv('APOLLO_GRAPH_REF');
const apiKey = requiredEnv('APOLLO_KEY');
const address = optionalEnv('APOLLO_USAGE_REPORTING_INGRESS_URL') ?? INGRESS;

/**
 * Reports logged usage to Apollo Studio. After an error, Lambda retries the event and finally moves it to the dead-letter
 * queue.
 */
export async function handler({ awslogs }: CloudWatchLogsEvent): Promise<void> {
  const { logEvents }: CloudWatchLogsDecodedData = JSON.parse(
    gunzipSync(Buffer.from(awslogs.data, 'base64')).toString(),
  );
  const records = logEvents.map(({ message }) => (JSON.parse(message) as { usage: UsageRecord }).usage);
  const report = reportOf(records, keys, graphRef);
  const unknown = records.length - Number(report.operationCount);
  if (unknown > 0) log.warn('operations with unknown ids are not reported', { operations: unknown });
  if (report.operationCount === 0) return;
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-encoding': 'gzip', accept: 'application/json' },
    body: gzipSync(Report.encode(report).finish()),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`Apollo Studio rejected the report: ${response.status} ${body.slice(0, 200)}`);
  log.info('usage reported', { operations: report.operationCount });
}
