import { linear, predefinedSteps } from './traffic-shift.ts';

const MINUTE = 60_000;

test.each([
  ['CodeDeployDefault.LambdaAllAtOnce', [[1, 0]]],
  [
    'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    [
      [0.1, 5],
      [1, 0],
    ],
  ],
  [
    'CodeDeployDefault.LambdaCanary10Percent30Minutes',
    [
      [0.1, 30],
      [1, 0],
    ],
  ],
  [
    'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
    [...[10, 20, 30, 40, 50, 60, 70, 80, 90].map((percent) => [percent / 100, 1]), [1, 0]],
  ],
])('%s', (name, expected) => {
  expect(predefinedSteps(name)).toEqual(expected.map(([share, minutes = 0]) => ({ share, wait: minutes * MINUTE })));
});

test('a linear shift whose parts do not add up to all ends with the rest', () => {
  expect(linear(40, 2).map(({ share }) => share)).toEqual([0.4, 0.8, 1]);
});

test.each(['mine', 'CodeDeployDefault.ECSCanary10Percent5Minutes', 'CodeDeployDefault.LambdaCanary10Percent'])(
  '%s is not predefined',
  (name) => {
    expect(predefinedSteps(name)).toBeUndefined();
  },
);
