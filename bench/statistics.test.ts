import { median, mediansOf, percentile } from './statistics.ts';

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect([median([9, 1, 5]), median([4, 1, 9, 2]), median([7])]).toEqual([5, 3, 7]);
});

test('a percentile is one of the values', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect([percentile(values, 50), percentile(values, 99), percentile([3], 99)]).toEqual([100, 198, 3]);
});

test('takes the median of each property', () => {
  const rounds = [
    { rps: 10, cpu: 3 },
    { rps: 30, cpu: 1 },
    { rps: 20, cpu: 2 },
  ];
  expect(mediansOf(rounds)).toEqual({ rps: 20, cpu: 2 });
});
