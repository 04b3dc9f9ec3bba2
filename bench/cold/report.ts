import { table } from '../../scripts/command-line/table.ts';
import { barLines, figure, times } from '../table.ts';
import type { ColdName } from './contestants.ts';
import type { ColdRow } from './run.ts';
import type { Compared, WholeSystem } from './whole-system.ts';

const HEAD = ['Lambda', 'first answer ms', 'of stock', 'of the floor', 'CPU ms', 'bundle KB', 'memory MB', 'warm'];

/** Formats the results as text: table, targets, and skipped contestants. */
export function describeCold(rows: ColdRow[]): string {
  return [
    'From the start of the process to the first complete answer',
    table([HEAD, ...rows.map((row) => cellsOf(row, rows))]),
    '',
    ...bars(rows),
    ...(named(rows, 'ours-known')
      ? []
      : ['ours-known took no part: the gateway does not know operations by their ids.']),
  ].join('\n');
}

/** Formats the effect of pre-warming. */
export function describeWhole({ coldMs, preWarmedMs }: WholeSystem): string {
  return [
    'The local run, asked for a registered operation over four subgraphs, every function cold',
    `a subgraph starts when it is called: ${figure(coldMs)} ms · with pre-warming: ${figure(preWarmedMs)} ms (${times(preWarmedMs, coldMs)})`,
  ].join('\n');
}

/** Compares this checkout's local run with another's. */
export function describeCompared({ ours, base }: Compared): string {
  const bar = {
    says: 'the whole local run, cold, against the base',
    value: ours.coldMs,
    base: base.coldMs,
    atMost: 0.75,
  };
  return [
    `base: ${figure(base.coldMs)} ms · with pre-warming: ${figure(base.preWarmedMs)} ms`,
    ...barLines([bar]),
  ].join('\n');
}

/** Returns the results for JSON. */
export function coldJson(rows: ColdRow[]): object {
  const round = (value: number) => Number(value.toFixed(2));
  return {
    cold: rows.map(({ name, firstMs, cpuMs, bundleBytes, rssMb, warmRssMb }) => ({
      name,
      firstMs: round(firstMs),
      cpuMs: round(cpuMs),
      bundleBytes,
      rssMb: round(rssMb),
      warmRssMb: round(warmRssMb),
    })),
  };
}

function cellsOf(row: ColdRow, rows: ColdRow[]): string[] {
  const stock = named(rows, row.name.endsWith('subgraph') ? 'stock-subgraph' : 'stock');
  return [
    row.name,
    figure(row.firstMs),
    times(row.firstMs, stock?.firstMs),
    times(row.firstMs, named(rows, 'floor')?.firstMs),
    figure(row.cpuMs),
    figure(row.bundleBytes / 1e3),
    figure(row.rssMb),
    figure(row.warmRssMb),
  ];
}

function bars(rows: ColdRow[]): string[] {
  const first = (name: ColdName) => named(rows, name)?.firstMs;
  const [known, unknown, subgraph] = [first('ours-known'), first('ours-unknown'), first('our-subgraph')];
  return barLines([
    { says: 'a registered operation against stock', value: known, base: first('stock'), atMost: 0.2 },
    { says: 'a registered operation against the floor', value: known, base: first('floor'), atMost: 1.25 },
    { says: 'a refusal against the floor', value: first('ours-refused'), base: first('floor'), atMost: 1.15 },
    { says: 'any other operation against stock', value: unknown, base: first('stock'), atMost: 0.4 },
    {
      says: 'memory of a warm gateway against stock',
      value: named(rows, 'ours-known')?.warmRssMb,
      base: named(rows, 'stock')?.warmRssMb,
      atMost: 0.5,
    },
    { says: 'a subgraph against a stock subgraph', value: subgraph, base: first('stock-subgraph'), atMost: 0.45 },
  ]);
}

function named(rows: ColdRow[], name: ColdName): ColdRow | undefined {
  return rows.find((row) => row.name === name);
}
