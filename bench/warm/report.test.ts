import { stripVTControlCharacters } from 'node:util';
import { describeWarm, warmJson } from './report.ts';
import type { WarmRow } from './run.ts';

const row = (name: WarmRow['name'], rps50: number, cpuMsPerRequest: number): WarmRow => ({
  name,
  rps50,
  cpuMsPerRequest,
  p50Ms: 1.23456,
  p99Ms: 4,
  subgraphCalls: 6,
  rssMb: 100,
  subgraphsBusy: 0.3,
  loadBusy: 0.2,
});
const joined = [row('ours', 700, 1.5), row('stock', 100, 9), row('hive-rust', 300, 3), row('floor', 900, 1)];

test('JSON results have the documented names', () => {
  expect(warmJson({ joined, small: [] })).toEqual({
    gateways: joined.map(({ name, rps50, cpuMsPerRequest }) => ({
      name,
      rps50,
      p50Ms: 1.235,
      p99Ms: 4,
      cpuMsPerRequest,
      subgraphCalls: 6,
      rssMb: 100,
    })),
    small: [],
  });
});

test('the text report shows the targets met', () => {
  const text = stripVTControlCharacters(describeWarm({ joined, small: joined }));
  expect(text).toContain('✓ ours, requests/s against stock: 7.0 × (at least 6 ×)');
  expect(text).toContain('✗ ours, CPU against the floor: 1.5 × (at most 1.15 ×)');
});

test('the text report warns of an overloaded machine', () => {
  const busy = [{ ...row('ours', 700, 1.5), subgraphsBusy: 0.95 }];
  expect(describeWarm({ joined: busy, small: busy })).toContain('Do not use these figures');
  expect(describeWarm({ joined, small: joined })).not.toContain('Do not use these figures');
});
