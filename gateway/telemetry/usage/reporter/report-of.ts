import { arch, hostname, platform, release, type } from 'node:os';
import { type ITracesAndStats, Report, Trace } from '@apollo/usage-reporting-protobuf';
import type { UsageError, UsageRecord } from '../usage-record.ts';
import type { OperationKeys } from './operation-keys.ts';
import { OperationStats } from './operation-stats.ts';
import { timestamp, traceOf } from './trace-of.ts';

export interface ReportOptions {
  /** `NAME@VARIANT` */
  graphRef: string;
  keys: OperationKeys;
  /** Whether to send a trace of fields; otherwise it adds to the statistics. */
  sendTrace: (key: string, trace: Trace) => boolean;
}

type Operation = ITracesAndStats & { trace: Uint8Array[]; statsWithContext: OperationStats };

/** Creates Studio's report: each operation is in it either as a trace or in the statistics, grouped by usage key. */
export function reportOf(records: readonly UsageRecord[], { graphRef, keys, sendTrace }: ReportOptions): Report {
  const tracesPerQuery: Record<string, Operation> = {};
  let operationCount = 0;
  for (const record of records) {
    const key = keys.keyOf(record.operation);
    if (key === undefined) continue;
    tracesPerQuery[key] ??= {
      trace: [],
      statsWithContext: new OperationStats(),
      referencedFieldsByType: keys.fieldsOf(key),
    };
    const { trace: traces, statsWithContext } = tracesPerQuery[key];
    const trace = traceOf(record);
    const subgraphErrors = untracedErrors(record);
    // A trace has no place for errors of a subgraph that it has no trace of.
    if (record.weight > 0 && subgraphErrors.length === 0 && sendTrace(key, trace))
      traces.push(Trace.encode(trace).finish());
    else statsWithContext.add(trace, subgraphErrors);
    if (!key.startsWith('##')) operationCount++;
  }
  return Report.create({
    header: {
      graphRef,
      hostname: hostname(),
      agentVersion: 'graph-gateway',
      runtimeVersion: `node ${process.version}`,
      uname: `${platform()}, ${type()}, ${release()}, ${arch()}`,
      executableSchemaId: keys.schemaId,
    },
    endTime: timestamp(Math.max(...records.map(({ startedAt, milliseconds }) => startedAt + milliseconds))),
    operationCount,
    tracesPerQuery,
    tracesPreAggregated: false,
  });
}

/** Returns the errors of subgraphs whose trace is missing. */
function untracedErrors({ errors, calls }: UsageRecord): UsageError[] {
  const traced = new Set(calls.flatMap(({ service, trace }) => (trace ? [service] : [])));
  return errors.filter(({ service }) => service !== undefined && !traced.has(service));
}
