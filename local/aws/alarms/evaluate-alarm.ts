import { type AlarmDefinition, type AlarmState, COMPARISONS } from './alarm-definition.ts';
import { type MetricStore, RESOLUTION } from './metric-store.ts';

export interface Datapoint {
  /** Start of the period, epoch milliseconds. */
  time: number;
  value: number;
}

/** State of an alarm, and why. */
export interface Verdict {
  state: AlarmState;
  reason: string;
}

/** Periods before the evaluated ones, whose datapoints replace missing ones. */
const EXTRA_PERIODS = 2;

/**
 * Returns the datapoints of an alarm's evaluation range, the latest first; undefined for a period without data. Periods end at
 * the last full minute.
 */
export function datapointsOf(alarm: AlarmDefinition, metrics: MetricStore, now: number): (Datapoint | undefined)[] {
  const end = Math.floor(now / RESOLUTION) * RESOLUTION;
  return Array.from({ length: alarm.evaluationPeriods + EXTRA_PERIODS }, (_, i) => {
    const time = end - (i + 1) * alarm.period;
    const value = valueAt(alarm, alarm.returns, metrics, time);
    return value === undefined ? undefined : { time, value };
  });
}

function valueAt(alarm: AlarmDefinition, id: string, metrics: MetricStore, from: number): number | undefined {
  const query = alarm.queries.find((each) => each.id === id);
  if (!query) return undefined;
  if ('metric' in query) return metrics.statistic(query.metric, query.statistic, from, from + alarm.period);
  return query.evaluate((other) => valueAt(alarm, other, metrics, from));
}

/**
 * Decides the state of an alarm from its datapoints, the latest first; undefined if it stays as it is.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateAlarm(alarm: AlarmDefinition, range: (Datapoint | undefined)[]): Verdict | undefined {
  const { evaluationPeriods, datapointsToAlarm, missingData } = alarm;
  const present = range.filter((each) => each !== undefined).slice(0, evaluationPeriods);
  const breaching = present.filter(({ value }) => isBreaching(alarm, value));
  const missing = evaluationPeriods - present.length;
  const filled = missingData === 'breaching' ? missing : 0;
  if (present.length === 0 && missingData === 'ignore') return undefined;
  if (present.length === 0 && missingData === 'missing')
    return { state: 'INSUFFICIENT_DATA', reason: 'Insufficient Data: no datapoints were received.' };
  if (breaching.length + filled >= datapointsToAlarm) return crossed(alarm, breaching, filled);
  const isUndecided = missing > 0 && breaching.length > 0 && breaching.length === present.length;
  if (isUndecided && missingData === 'ignore') return undefined;
  if (isUndecided && missingData === 'missing')
    // Only missing datapoints have followed the breach for long enough.
    return range.findLastIndex((each) => each !== undefined) + 1 >= datapointsToAlarm
      ? crossed(alarm, breaching, 0)
      : undefined;
  return notCrossed(alarm, present, breaching);
}

function isBreaching({ comparison, threshold }: AlarmDefinition, value: number): boolean {
  return COMPARISONS[comparison].holds(value, threshold);
}

function crossed(alarm: AlarmDefinition, breaching: Datapoint[], filled: number): Verdict {
  const count = breaching.length + filled;
  const datapoints = `${count} out of the last ${alarm.evaluationPeriods} datapoints${listOf(breaching)}`;
  const verb = count === 1 ? 'was' : 'were';
  const note = filled > 0 ? ` (${filled} without data, which count as breaching)` : '';
  return { state: 'ALARM', reason: `Threshold Crossed: ${datapoints} ${verb} ${comparisonOf(alarm)}${note}.` };
}

function notCrossed(alarm: AlarmDefinition, present: Datapoint[], breaching: Datapoint[]): Verdict {
  if (present.length === 0)
    return { state: 'OK', reason: 'Threshold Crossed: no datapoints were received, which count as not breaching.' };
  const count = present.length - breaching.length;
  const datapoints = `${count} out of the last ${alarm.evaluationPeriods} datapoints${listOf(present.filter((each) => !breaching.includes(each)))}`;
  return {
    state: 'OK',
    reason: `Threshold Crossed: ${datapoints} ${count === 1 ? 'was' : 'were'} not ${comparisonOf(alarm)}.`,
  };
}

function comparisonOf({ comparison, threshold }: AlarmDefinition): string {
  return `${COMPARISONS[comparison].text} the threshold (${threshold})`;
}

function listOf(datapoints: Datapoint[]): string {
  if (datapoints.length === 0) return '';
  return ` [${datapoints.map(({ value, time }) => `${round(value)} (${timeOfDay(time)})`).join(', ')}]`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function timeOfDay(time: number): string {
  return new Date(time).toISOString().slice(11, 16);
}
