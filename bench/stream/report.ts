import { table } from '../../scripts/command-line/table.ts';
import { barLines, figure, times } from '../table.ts';
import type { CodingRow, DeferRow, StreamResult } from './run.ts';

const MAX_CPU_MS = 15;

/** Formats the results as text: a table for each part, and the targets. */
export function describeStream({ defer, codings, large }: StreamResult): string {
  return [
    'A query that joins four subgraphs, one of which responds after 300 ms',
    table([['', 'first byte ms', 'end ms'], ...defer.map(deferCells)]),
    '',
    'A response of 1 MB',
    table([['coding', 'bytes', 'saved', 'CPU ms'], ...codings.map((row) => codingCells(row, codings))]),
    '',
    'A response of 50 MB',
    table([
      ['bytes', 'end ms', 'memory MB before', 'at the peak', 'growth'],
      [
        String(large.bytes),
        figure(large.endMs),
        figure(large.idleMb),
        figure(large.peakMb),
        times(growthOf(large), mbOf(large)),
      ],
    ]),
    '',
    ...bars({ defer, codings, large }),
  ].join('\n');
}

function deferCells({ name, firstMs, endMs }: DeferRow): string[] {
  return [name, figure(firstMs), figure(endMs)];
}

function codingCells(row: CodingRow, rows: CodingRow[]): string[] {
  const saved = 1 - row.bytes / (rows[0]?.bytes ?? Number.NaN);
  return [row.name, String(row.bytes), `${figure(100 * saved)} %`, figure(row.cpuMs)];
}

function bars({ defer, codings, large }: StreamResult): string[] {
  const [without, deferred] = defer;
  const [identity, ...compressed] = codings;
  return barLines([
    {
      says: 'first part with @defer, against the query without the slow fields',
      value: deferred?.firstMs,
      base: without?.endMs,
      atMost: 1.2,
    },
    ...compressed.flatMap(({ name, bytes, cpuMs }) => [
      {
        says: `CPU of ${name} for 1 MB, against ${MAX_CPU_MS} ms`,
        value: cpuMs,
        base: MAX_CPU_MS,
        atMost: 1,
      },
      { says: `bytes with ${name}, against those of 1 MB`, value: bytes, base: identity?.bytes, atMost: 0.2 },
    ]),
    { says: 'memory for a response of 50 MB, against its size', value: growthOf(large), base: mbOf(large), atMost: 4 },
  ]);
}

const growthOf = ({ idleMb, peakMb }: StreamResult['large']) => peakMb - idleMb;
const mbOf = ({ bytes }: StreamResult['large']) => bytes / 1e6;
