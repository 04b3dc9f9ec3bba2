import { stripVTControlCharacters } from 'node:util';
import { describeLive } from './report.ts';

test('the report has a table for each shape, with ratios to the floor, and the time from a mutation', () => {
  const row = { subscriptions: 1_000, p50Ms: 10, p99Ms: 20, repeated: 0 };
  const described = describeLive({
    rows: [
      { ...row, name: 'floor', topics: 1, cpuMs: 0.05, perSecond: 20_000 },
      { ...row, name: 'ours', topics: 1, cpuMs: 0.5, perSecond: 2_000 },
      { ...row, name: 'floor', topics: 100, cpuMs: 0.06, perSecond: 15_000 },
      { ...row, name: 'ours', topics: 100, cpuMs: 6, perSecond: 500, repeated: 1 },
    ],
    mutation: { p50Ms: 120, p99Ms: 250 },
  });
  const text = stripVTControlCharacters(described);
  expect(text).toMatch(/^1000 subscriptions to one topic$/m);
  expect(text).toMatch(/^100 topics with 10 subscriptions each$/m);
  expect(text).toMatch(/^ours +0\.50 +2000 +10\.0 +20\.0 +10\.0 × +0$/m);
  expect(text).toMatch(/^ours +6\.0 +500 +10\.0 +20\.0 +100 × +1$/m);
  expect(text).toMatch(/^From a mutation to its message: p50 120 ms, p99 250 ms$/m);
  expect(text.split('\n').slice(-2)).toEqual([
    '✓ CPU of a message to one topic, against the floor: 10.0 × (at most 40 ×)',
    '✗ CPU of a message to many topics, against the floor: 100 × (at most 80 ×)',
  ]);
});
