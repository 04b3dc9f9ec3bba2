import { cacheBound } from './cache-bound.ts';

test.each([
  [1_769, 1_000],
  [3_538, 2_000],
  [128, 73],
])('with %i MB, a cache for 1,000 characters in a function of one core has room for %i', (megabytes, bound) => {
  expect(cacheBound(1_000, megabytes)).toBe(bound);
});

test('outside Lambda, caches are bounded as in a function of one core', () => {
  expect(cacheBound(1_000)).toBe(1_000);
});
