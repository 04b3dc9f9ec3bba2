import { stripVTControlCharacters } from 'node:util';
import { table } from '../scripts/command-line/table.ts';
import { barLines, figure, times } from './table.ts';

test('a table aligns names left and numbers right', () => {
  const rows = [
    ['gateway', 'ms'],
    ['ours', '1.5'],
    ['stock', '120'],
  ];
  expect(stripVTControlCharacters(table(rows)).split('\n')).toEqual(['gateway   ms', 'ours     1.5', 'stock    120']);
});

test('formats numbers with useful precision', () => {
  expect([735.4, 37.26, 1.449, 0.042].map(figure)).toEqual(['735', '37.3', '1.4', '0.042']);
  expect([times(735, 112), times(735, undefined)]).toEqual(['6.6 ×', '–']);
});

test('reports whether a target is met, and omits unmeasured ones', () => {
  const lines = barLines([
    { says: 'requests', value: 650, base: 100, atLeast: 6 },
    { says: 'CPU', value: 3, base: 10, atMost: 0.2 },
    { says: 'memory', value: 3, base: undefined, atMost: 0.5 },
  ]);
  expect(lines.map(stripVTControlCharacters)).toEqual([
    '✓ requests: 6.5 × (at least 6 ×)',
    '✗ CPU: 0.30 × (at most 0.2 ×)',
  ]);
});
