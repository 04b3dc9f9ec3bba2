import { cacheBound } from './cache-bound.ts';

test.each([
  [1_769, 1_000],
  [3_538, 2_000],
  [128, 73],
])('a bound of 1,000 characters at 1,769 MB is scaled for %i MB to %i', (megabytes, bound) => {
  expect(cacheBound(1_000, megabytes)).toBe(bound);
});

test('outside Lambda, caches have the bounds of a function of 1,769 MB', () => {
  expect(cacheBound(1_000)).toBe(1_000);
});
