import { table } from '../../scripts/command-line/table.ts';
import { barLines, figure, times } from '../table.ts';
import type { GatewayName } from './gateways.ts';
import type { WarmResult, WarmRow } from './run.ts';

/** Above this share of a core, subgraphs and load generator may be the bottleneck. */
const TOO_BUSY = 0.9;

const HEAD = [
  'gateway',
  'requests/s (50)',
  'of stock',
  'p50 ms',
  'p99 ms',
  'CPU ms/request',
  'of stock',
  'subgraph calls',
  'memory MB',
];

/** Formats the results as text: a table for each operation, the targets, and whether the machine was overloaded. */
export function describeWarm({ joined, small }: WarmResult): string {
  return [
    'A query that joins four subgraphs three levels deep',
    table([HEAD, ...joined.map((row) => cellsOf(row, joined))]),
    '',
    'A query to one subgraph',
    table([HEAD, ...small.map((row) => cellsOf(row, small))]),
    '',
    ...bars(joined),
    ...busyLines([...joined, ...small]),
  ].join('\n');
}

/** Returns the results for JSON; `gateways` has those of the joining query. */
export function warmJson({ joined, small }: WarmResult): object {
  return { gateways: joined.map(rounded), small: small.map(rounded) };
}

function rounded({ name, rps50, p50Ms, p99Ms, cpuMsPerRequest, subgraphCalls, rssMb }: WarmRow): object {
  const figures = { rps50, p50Ms, p99Ms, cpuMsPerRequest, subgraphCalls, rssMb };
  return {
    name,
    ...Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value.toFixed(3))])),
  };
}

function cellsOf(row: WarmRow, rows: WarmRow[]): string[] {
  const stock = named(rows, 'stock');
  return [
    row.name,
    figure(row.rps50),
    times(row.rps50, stock?.rps50),
    figure(row.p50Ms),
    figure(row.p99Ms),
    figure(row.cpuMsPerRequest),
    times(row.cpuMsPerRequest, stock?.cpuMsPerRequest),
    figure(row.subgraphCalls),
    figure(row.rssMb),
  ];
}

function bars(rows: WarmRow[]): string[] {
  const [ours, stock, hive, grafbase, floor] = (['ours', 'stock', 'hive-rust', 'grafbase', 'floor'] as const).map(
    (name) => named(rows, name),
  );
  return barLines([
    { says: 'ours, requests/s against stock', value: ours?.rps50, base: stock?.rps50, atLeast: 6 },
    { says: 'ours, CPU against stock', value: ours?.cpuMsPerRequest, base: stock?.cpuMsPerRequest, atMost: 0.2 },
    { says: 'ours, requests/s against hive-rust', value: ours?.rps50, base: hive?.rps50, atLeast: 2 },
    {
      says: 'ours, CPU against grafbase',
      value: ours?.cpuMsPerRequest,
      base: grafbase?.cpuMsPerRequest,
      atMost: 1,
    },
    { says: 'ours, CPU against the floor', value: ours?.cpuMsPerRequest, base: floor?.cpuMsPerRequest, atMost: 1.15 },
  ]);
}

function busyLines(rows: WarmRow[]): string[] {
  const subgraphs = Math.max(...rows.map(({ subgraphsBusy }) => subgraphsBusy));
  const load = Math.max(...rows.map(({ loadBusy }) => loadBusy));
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const line = `Beside the gateways, at most: subgraphs ${percent(subgraphs)} of a core, load generator ${percent(load)}.`;
  if (Math.max(subgraphs, load) < TOO_BUSY) return [line];
  return [line, 'That is too much: the gateways were not the bottleneck. Do not use these figures.'];
}

function named(rows: WarmRow[], name: GatewayName): WarmRow | undefined {
  return rows.find((row) => row.name === name);
}
