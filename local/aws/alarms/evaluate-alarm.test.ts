import fc from 'fast-check';
import { type AlarmDefinition, MISSING_DATA, type MissingData } from './alarm-definition.ts';
import { type Datapoint, datapointsOf, evaluateAlarm } from './evaluate-alarm.ts';
import { MetricStore } from './metric-store.ts';

const MINUTE = 60_000;
const METRIC = { namespace: 'N', name: 'Errors', dimensions: {} };

function alarm(changes: Partial<AlarmDefinition> = {}): AlarmDefinition {
  return {
    name: 'a',
    arn: 'arn:a',
    description: 'Calls failed',
    queries: [{ id: 'm', metric: METRIC, statistic: 'Sum' }],
    returns: 'm',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    period: MINUTE,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: 'missing',
    actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
    actionsEnabled: true,
    ...changes,
  };
}

/** Reads the notation of AWS's tables, oldest first: X is breaching, 0 is not, - is missing. */
function range(notation: string): (Datapoint | undefined)[] {
  const datapoints = notation.split(' ').map((each, i) => {
    return each === '-' ? undefined : { time: i * MINUTE, value: each === 'X' ? 1 : 0 };
  });
  return datapoints.reverse();
}

// The tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
describe.each([
  { datapointsToAlarm: 3, range: '0 - X - X', missing: 'OK', ignore: 'OK', breaching: 'OK', notBreaching: 'OK' },
  { datapointsToAlarm: 3, range: '0 - - - -', missing: 'OK', ignore: 'OK', breaching: 'OK', notBreaching: 'OK' },
  {
    datapointsToAlarm: 3,
    range: '- - - - -',
    missing: 'INSUFFICIENT_DATA',
    ignore: undefined,
    breaching: 'ALARM',
    notBreaching: 'OK',
  },
  {
    datapointsToAlarm: 3,
    range: '0 X X - X',
    missing: 'ALARM',
    ignore: 'ALARM',
    breaching: 'ALARM',
    notBreaching: 'ALARM',
  },
  {
    datapointsToAlarm: 3,
    range: '- - X - -',
    missing: 'ALARM',
    ignore: undefined,
    breaching: 'ALARM',
    notBreaching: 'OK',
  },
  {
    datapointsToAlarm: 2,
    range: '0 - X - X',
    missing: 'ALARM',
    ignore: 'ALARM',
    breaching: 'ALARM',
    notBreaching: 'ALARM',
  },
  {
    datapointsToAlarm: 2,
    range: '0 0 X 0 X',
    missing: 'ALARM',
    ignore: 'ALARM',
    breaching: 'ALARM',
    notBreaching: 'ALARM',
  },
  { datapointsToAlarm: 2, range: '0 - X - -', missing: 'OK', ignore: 'OK', breaching: 'ALARM', notBreaching: 'OK' },
  { datapointsToAlarm: 2, range: '- - - - 0', missing: 'OK', ignore: 'OK', breaching: 'ALARM', notBreaching: 'OK' },
  {
    datapointsToAlarm: 2,
    range: '- - - X -',
    missing: 'ALARM',
    ignore: undefined,
    breaching: 'ALARM',
    notBreaching: 'OK',
  },
])('$datapointsToAlarm of 3 with $range', ({ datapointsToAlarm, range: notation, ...expected }) => {
  test.each(MISSING_DATA)('missing data treated as %s', (missingData) => {
    const verdict = evaluateAlarm(alarm({ datapointsToAlarm, missingData }), range(notation));
    expect(verdict?.state).toBe(expected[missingData]);
  });
});

test('a breach that is too recent, with nothing before it, leaves the state as it is', () => {
  expect(evaluateAlarm(alarm(), range('- - - - X'))).toBeUndefined();
});

describe('with all datapoints present', () => {
  const settings = fc
    .integer({ min: 1, max: 6 })
    .chain((n) =>
      fc.tuple(fc.constant(n), fc.integer({ min: 1, max: n }), fc.constantFrom<MissingData>(...MISSING_DATA)),
    );

  test('the state is ALARM exactly if enough of the evaluated ones breach', () => {
    fc.assert(
      fc.property(settings, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), ([n, m, missingData], breaches) => {
        const datapoints = breaches.map((isBreaching, i) => ({ time: -i * MINUTE, value: isBreaching ? 1 : 0 }));
        const breaching = breaches.slice(0, n).filter(Boolean).length;
        const definition = alarm({ evaluationPeriods: n, datapointsToAlarm: m, missingData });
        expect(evaluateAlarm(definition, datapoints)?.state).toBe(breaching >= m ? 'ALARM' : 'OK');
      }),
    );
  });
});

test.each([
  ['GreaterThanThreshold', [11], [10, 9]],
  ['GreaterThanOrEqualToThreshold', [11, 10], [9]],
  ['LessThanThreshold', [9], [10, 11]],
  ['LessThanOrEqualToThreshold', [9, 10], [11]],
] as const)('%s of 10', (comparison, breaching, others) => {
  const definition = alarm({ comparison, threshold: 10, evaluationPeriods: 1, datapointsToAlarm: 1 });
  const stateOf = (value: number) => evaluateAlarm(definition, [{ time: 0, value }])?.state;
  expect(breaching.map(stateOf)).toEqual(breaching.map(() => 'ALARM'));
  expect(others.map(stateOf)).toEqual(others.map(() => 'OK'));
});

test('a reason names the datapoints, their times and the threshold', () => {
  const definition = alarm({ threshold: 10, evaluationPeriods: 1, datapointsToAlarm: 1 });
  expect(evaluateAlarm(definition, [{ time: 3_660_000, value: 20 }])?.reason).toBe(
    'Threshold Crossed: 1 out of the last 1 datapoints [20 (01:01)] was greater than or equal to the threshold (10).',
  );
  expect(evaluateAlarm(definition, [{ time: 3_660_000, value: 1 }])?.reason).toBe(
    'Threshold Crossed: 1 out of the last 1 datapoints [1 (01:01)] was not greater than or equal to the threshold (10).',
  );
});

test('periods longer than a minute end at each full minute', () => {
  const metrics = new MetricStore(() => 0);
  const definition = alarm({ period: 5 * MINUTE, evaluationPeriods: 1, datapointsToAlarm: 1 });
  metrics.record(METRIC, 1, 2 * MINUTE);
  metrics.record(METRIC, 2, 7 * MINUTE);
  const latest = (minutes: number) => datapointsOf(definition, metrics, minutes * MINUTE + 5_000)[0];
  expect(latest(7)).toEqual({ time: 2 * MINUTE, value: 1 });
  expect(latest(8)).toEqual({ time: 3 * MINUTE, value: 2 });
  expect(latest(13)).toBeUndefined();
});
