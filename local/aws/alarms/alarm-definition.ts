import type { Expression } from './metric-math.ts';
import type { Metric } from './metric-store.ts';

export const ALARM_STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

/** How an alarm counts periods without data. */
export const MISSING_DATA = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type MissingData = (typeof MISSING_DATA)[number];

/** Comparisons of a datapoint with the threshold, and how a message says it. */
export const COMPARISONS = {
  GreaterThanOrEqualToThreshold: {
    holds: (value: number, threshold: number) => value >= threshold,
    text: 'greater than or equal to',
  },
  GreaterThanThreshold: { holds: (value: number, threshold: number) => value > threshold, text: 'greater than' },
  LessThanThreshold: { holds: (value: number, threshold: number) => value < threshold, text: 'less than' },
  LessThanOrEqualToThreshold: {
    holds: (value: number, threshold: number) => value <= threshold,
    text: 'less than or equal to',
  },
};
export type Comparison = keyof typeof COMPARISONS;

/** A metric or an expression of an alarm, by the id that expressions name it by. */
export type AlarmQuery =
  | { id: string; metric: Metric; statistic: string }
  | { id: string; expression: string; evaluate: Expression };

/** A metric alarm of CloudWatch. */
export interface AlarmDefinition {
  name: string;
  arn: string;
  description: string;
  queries: AlarmQuery[];
  /** Id of the query that is compared with the threshold. */
  returns: string;
  comparison: Comparison;
  threshold: number;
  /** Milliseconds. */
  period: number;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  missingData: MissingData;
  /** ARNs by the state that calls for them. */
  actions: Record<AlarmState, string[]>;
  actionsEnabled: boolean;
}

/** Returns the alarm with another version of a function where its metrics are of one version. */
export function ofVersion(alarm: AlarmDefinition, functionName: string, version: string): AlarmDefinition {
  const queries = alarm.queries.map((query) => {
    if (!('metric' in query) || !isOfVersion(query.metric, functionName)) return query;
    const dimensions = { ...query.metric.dimensions, ExecutedVersion: version };
    return { ...query, metric: { ...query.metric, dimensions } };
  });
  return { ...alarm, queries };
}

function isOfVersion({ dimensions }: Metric, functionName: string): boolean {
  return dimensions.FunctionName === functionName && dimensions.ExecutedVersion !== undefined;
}
