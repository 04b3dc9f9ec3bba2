import type { AlarmQuery } from './alarm-definition.ts';
import type { Alarm } from './alarms.ts';

const MILLISECONDS = 1_000;

/** Returns an alarm in the form of CloudWatch's API. */
export function alarmDescription({ definition, state, reason, since }: Alarm): object {
  const { name, arn, description, queries, comparison, threshold, period, missingData, actions } = definition;
  const [only, ...others] = queries;
  const isOneMetric = only && 'metric' in only && others.length === 0;
  const seconds = period / MILLISECONDS;
  return {
    AlarmName: name,
    AlarmArn: arn,
    AlarmDescription: description,
    ActionsEnabled: definition.actionsEnabled,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: new Date(since),
    ComparisonOperator: comparison,
    Threshold: threshold,
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm,
    TreatMissingData: missingData,
    ...(isOneMetric
      ? { ...metricOf(only), Period: seconds }
      : { Metrics: queries.map((query) => queryDescription(query, seconds, query.id === definition.returns)) }),
  };
}

function metricOf({ metric, statistic }: Extract<AlarmQuery, { metric: unknown }>) {
  return {
    Namespace: metric.namespace,
    MetricName: metric.name,
    Dimensions: dimensionsOf(metric.dimensions),
    ...(statistic.startsWith('p') ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
  };
}

function queryDescription(query: AlarmQuery, Period: number, ReturnData: boolean): object {
  if (!('metric' in query)) return { Id: query.id, Expression: query.expression, ReturnData };
  const { namespace, name, dimensions } = query.metric;
  const Metric = { Namespace: namespace, MetricName: name, Dimensions: dimensionsOf(dimensions) };
  return { Id: query.id, MetricStat: { Metric, Period, Stat: query.statistic }, ReturnData };
}

function dimensionsOf(dimensions: Record<string, string>): object[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}
