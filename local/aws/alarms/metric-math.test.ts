import { metricMath } from './metric-math.ts';

const value = (expression: string, values: Record<string, number> = {}) => metricMath(expression)((id) => values[id]);

test.each([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['10 - 4 - 3', 3],
  ['100 / 10 / 5', 2],
  ['-2 * -3', 6],
  ['2 > 1 AND 1 >= 1', 1],
  ['2 < 1 || 3 == 3', 1],
  ['1 != 1 OR 0 && 1', 0],
  ['IF(0, 5, 6.5)', 6.5],
])('%s is %d', (expression, expected) => {
  expect(value(expression)).toBe(expected);
});

test.each([
  ['an id without data', 'a + 1', {}, undefined],
  ['FILL of an id without data', 'FILL(a, 7) + 1', {}, 8],
  ['FILL of an id with data', 'FILL(a, 7) + 1', { a: 1 }, 2],
  ['a condition without data', 'IF(a, 1, 2)', {}, undefined],
  ['IF without its value', 'IF(a, 1)', { a: 0 }, undefined],
  ['a division by zero', '1 / a', { a: 0 }, undefined],
])('%s: %s with %j', (_, expression, values, expected) => {
  expect(value(expression, values)).toBe(expected);
});

test('a failure rate counts only from a number of calls', () => {
  const rate = 'IF(calls >= 50, 100 * FILL(errors, 0) / calls, 0)';
  expect(value(rate, { calls: 49, errors: 49 })).toBe(0);
  expect(value(rate, { calls: 50, errors: 10 })).toBe(20);
  expect(value(rate, { calls: 50 })).toBe(0);
  expect(value(rate)).toBeUndefined();
});

test.each([
  'SUM(METRICS())',
  'ANOMALY_DETECTION_BAND(a)',
  '1 +',
  '(1',
  'a b',
  'IF(1)',
  'toString(1)',
  'Upper',
  'a ? 1',
])('other expressions are refused: %s', (expression) => {
  expect(() => metricMath(expression)).toThrow('is not supported');
});
