import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionTotals, OperationUse } from '../../cost/operation-use.ts';
import type { FunctionDefinition, InvokeResult } from '../../local/aws/lambda/function-definition.ts';
import type { TableUnits, Usage } from '../../local/aws/metered.ts';

/** Bytes of Lambda's own log lines per invocation, in JSON, and CloudWatch's 26 bytes per line. */
const PLATFORM_LOG_BYTES = 600;
const LINE_OVERHEAD = 26;
const POLL_MS = 20;

interface Metric {
  Dimensions?: string[][];
  Metrics?: { Name: string }[];
}

/** Counts what a running local system would be billed for. */
export class Meter {
  /** CloudWatch metrics in the functions' log lines: name and dimensions. */
  readonly metrics = new Set<string>();
  readonly #functions = new Map<string, FunctionTotals>();
  #events: Usage['events'] = [];
  #lastUse = performance.now();

  readonly onLog = (name: string, text: string): void => {
    this.#totals(name).logBytes += Buffer.byteLength(text) + LINE_OVERHEAD;
    this.#addMetrics(text);
    this.#lastUse = performance.now();
  };

  readonly onInvoked = ({ name, memory }: FunctionDefinition, { duration, initDuration }: InvokeResult): void => {
    const totals = this.#totals(name);
    totals.memory = memory;
    totals.invocations += 1;
    totals.milliseconds += Math.ceil(duration);
    totals.init = Math.max(totals.init, initDuration);
    totals.logBytes += PLATFORM_LOG_BYTES;
    this.#lastUse = performance.now();
  };

  readonly onUsage = ({ functionName, tables, events }: Usage): void => {
    const totals = this.#totals(functionName);
    for (const units of tables) addUnits(totals.tables, units);
    this.#events.push(...events);
    this.#lastUse = performance.now();
  };

  /** Waits until no function has run for some milliseconds: events are asynchronous. */
  async quiet(milliseconds: number): Promise<void> {
    while (performance.now() - this.#lastUse < milliseconds) await delay(POLL_MS);
  }

  /** Returns the use since the last call, divided by a number of requests. */
  take(requests: number): Pick<OperationUse, 'functions' | 'events'> {
    const functions = [...this.#functions.values()]
      .filter(({ invocations }) => invocations > 0)
      .map((totals) => ({
        ...totals,
        invocations: totals.invocations / requests,
        milliseconds: totals.milliseconds / requests,
        logBytes: totals.logBytes / requests,
        tables: totals.tables.map(({ table, readUnits, writeUnits }) => ({
          table,
          readUnits: readUnits / requests,
          writeUnits: writeUnits / requests,
        })),
      }));
    const events = eventsPerRequest(this.#events, requests);
    this.#events = [];
    for (const [name, { init, memory }] of this.#functions) this.#functions.set(name, emptyTotals(name, memory, init));
    return { functions, events };
  }

  #addMetrics(text: string): void {
    if (!text.includes('"_aws"')) return;
    const fields = JSON.parse(text) as Record<string, unknown> & { _aws: { CloudWatchMetrics: Metric[] } };
    for (const { Dimensions = [], Metrics = [] } of fields._aws.CloudWatchMetrics)
      for (const names of Dimensions)
        for (const { Name } of Metrics) this.metrics.add([Name, ...names.map((name) => fields[name])].join(' '));
  }

  #totals(name: string): FunctionTotals {
    const known = this.#functions.get(name);
    if (known) return known;
    const totals = emptyTotals(name, 0, 0);
    this.#functions.set(name, totals);
    return totals;
  }
}

function emptyTotals(name: string, memory: number, init: number): FunctionTotals {
  return { name, memory, invocations: 0, milliseconds: 0, init, logBytes: 0, tables: [] };
}

function addUnits(tables: TableUnits[], { table, readUnits, writeUnits }: TableUnits): void {
  const known = tables.find((each) => each.table === table);
  if (!known) tables.push({ table, readUnits, writeUnits });
  else {
    known.readUnits += readUnits;
    known.writeUnits += writeUnits;
  }
}

function eventsPerRequest(events: Usage['events'], requests: number): OperationUse['events'] {
  const groups = Map.groupBy(events, ({ source, type }) => `${source}.${type}`);
  return [...groups.values()].map((group) => ({
    source: group[0]?.source ?? '',
    type: group[0]?.type ?? '',
    count: group.length / requests,
    bytes: group.reduce((sum, { bytes }) => sum + bytes, 0) / group.length,
  }));
}
