import { type CostLine, GB, line } from './cost.ts';
import { doorCost, type RequestSizes } from './door-cost.ts';
import type { SystemFacts } from './facts.ts';

/** Mean use of a system by one request of an operation, with the events that it causes. */
export interface OperationUse extends RequestSizes {
  name: string;
  kind: 'query' | 'mutation';
  /** List items in the response. */
  items: number;
  functions: FunctionTotals[];
  events: { source: string; type: string; count: number; bytes: number }[];
}

/** Mean use of one function by one request. */
export interface FunctionTotals {
  name: string;
  /** MB. */
  memory: number;
  invocations: number;
  /** Billed milliseconds of all invocations. */
  milliseconds: number;
  /** Milliseconds that a new environment takes to start. */
  init: number;
  logBytes: number;
  tables: { table: string; readUnits: number; writeUnits: number }[];
}

/** Returns the cost of one request of a measured operation. `coldShare` of the invocations start an environment. */
export function costOfUse(use: OperationUse, facts: SystemFacts, coldShare = 0): CostLine[] {
  return [
    ...doorCost(use, facts),
    ...use.functions.flatMap((each) => totalsCost(each, facts, coldShare)),
    ...use.events.flatMap(({ source, type, count, bytes }) =>
      busCost({ name: `${source}.${type}`, count, bytes }, facts),
    ),
  ];
}

/** Returns the cost of invocations and of their use of tables. */
export function totalsCost(totals: FunctionTotals, { prices, architecture }: SystemFacts, coldShare = 0): CostLine[] {
  const { name, memory, invocations, milliseconds, init, logBytes, tables } = totals;
  const seconds = (milliseconds + invocations * coldShare * init) / 1_000;
  const price = architecture === 'arm64' ? 'lambdaArm' : 'lambdaX86';
  return [
    line(prices, 'function requests', name, 'lambdaRequest', invocations),
    line(prices, 'compute', name, price, seconds * (memory / 1_024)),
    line(prices, 'logs', name, 'logIngestion', logBytes / GB),
    ...tables.flatMap(({ table, readUnits, writeUnits }) => [
      ...(readUnits > 0 ? [line(prices, 'reads', table, 'readUnit', readUnits)] : []),
      ...(writeUnits > 0 ? [line(prices, 'writes', table, 'writeUnit', writeUnits)] : []),
    ]),
  ];
}

const EVENT_INCREMENT = 64 * 1_024;

/** Returns the cost of events on the bus, and in its archive. */
export function busCost(
  { name, count, bytes }: { name: string; count: number; bytes: number },
  { prices, isArchived }: Pick<SystemFacts, 'prices' | 'isArchived'>,
): CostLine[] {
  const increments = Math.max(1, Math.ceil(bytes / EVENT_INCREMENT));
  return [
    line(prices, 'events', name, 'event', count * increments),
    ...(isArchived ? [line(prices, 'events', name, 'archivedEvent', (count * bytes) / GB)] : []),
  ];
}
