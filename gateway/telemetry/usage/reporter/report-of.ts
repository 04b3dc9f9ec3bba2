import { hostname } from 'node:os';
import { Report, Trace } from '@apollo/usage-reporting-protobuf';
import type { ReferencedFieldsByType } from '@apollo/utils.usagereporting';
import type { UsageRecord } from '../usage-record.ts';
import type { OperationKeys } from './operation-keys.ts';
import { traceOf } from './trace-of.ts';

/** Creates Studio's report: a trace per operation, grouped by usage key. */
export function reportOf(records: readonly UsageRecord[], keys: OperationKeys, graphRef: string): Report {
  const tracesPerQuery: Record<string, { trace: Uint8Array[]; referencedFieldsByType: ReferencedFieldsByType }> = {};
  for (const record of records) {
    const key = keys.keyOf(record.operation);
    if (key === undefined) continue;
    tracesPerQuery[key] ??= { trace: [], referencedFieldsByType: keys.fieldsOf(key) };
    tracesPerQuery[key].trace.push(Trace.encode(traceOf(record)).finish());
  }
  return Report.create({
    header: {
      graphRef,
      hostname: hostname(),
      agentVersion: 'graph-gateway',
      runtimeVersion: `node ${process.version}`,
      executableSchemaId: keys.schemaId,
    },
    operationCount: Object.values(tracesPerQuery).reduce((sum, { trace }) => sum + trace.length, 0),
    tracesPerQuery,
  });
}
