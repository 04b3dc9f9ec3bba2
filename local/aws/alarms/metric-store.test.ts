import fc from 'fast-check';
import { MetricStore, RETENTION } from './metric-store.ts';

const MINUTE = 60_000;
const METRIC = { namespace: 'N', name: 'Latency', dimensions: { service: 'a', stage: 'b' } };

function storeOf(values: number[]): MetricStore {
  const store = new MetricStore(() => 0);
  for (const value of values) store.record(METRIC, value);
  return store;
}

test('the statistics of a period', () => {
  const store = storeOf([1, 2, 3, 4, 100]);
  const all = ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum', 'p50', 'p99', 'p0'];
  expect(all.map((name) => store.statistic(METRIC, name, 0, MINUTE))).toEqual([110, 5, 22, 1, 100, 3, 100, 1]);
});

test('a metric is its namespace, name and dimensions, in any order', () => {
  const store = storeOf([1]);
  const sum = (change: object) => store.statistic({ ...METRIC, ...change }, 'Sum', 0, MINUTE);
  expect(sum({ dimensions: { stage: 'b', service: 'a' } })).toBe(1);
  for (const other of [{ namespace: 'M' }, { name: 'Errors' }, { dimensions: { service: 'a' } }])
    expect(sum(other)).toBeUndefined();
});

test('a period has the values from its start until before its end; old ones are dropped', () => {
  let now = 0;
  const store = new MetricStore(() => now);
  for (const time of [0, MINUTE - 1, MINUTE]) store.record(METRIC, 1, time);
  expect(store.statistic(METRIC, 'Sum', 0, MINUTE)).toBe(2);
  expect(store.statistic(METRIC, 'Sum', 0, 2 * MINUTE)).toBe(3);
  now = RETENTION + 2 * MINUTE;
  store.record(METRIC, 1);
  expect(store.statistic(METRIC, 'Sum', 0, now + 1)).toBe(1);
});

test('a percentile is within a hundredth of the sample at its rank', () => {
  const values = fc.array(fc.double({ min: 0.001, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (samples, percent) => {
      const rank = Math.ceil((percent / 100) * samples.length) - 1;
      const exact = [...samples].sort((a, b) => a - b)[rank] ?? 0;
      const found = storeOf(samples).statistic(METRIC, `p${percent}`, 0, MINUTE) ?? 0;
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / 100);
    }),
  );
});
