import {
  type AlarmDefinition,
  type AlarmQuery,
  COMPARISONS,
  type Comparison,
  MISSING_DATA,
} from '../aws/alarms/alarm-definition.ts';
import { metricMath } from '../aws/alarms/metric-math.ts';
import { isStatistic, RESOLUTION, RETENTION } from '../aws/alarms/metric-store.ts';
import { isCounted } from '../aws/alarms/service-metrics.ts';
import type { ResourceStatement } from '../aws/iam/resource-policy.ts';
import { alarmArn } from './arns.ts';
import {
  nameInArn,
  type Properties,
  type ResourceContext,
  type ResourceReader,
  refOf,
  reportUnsupported,
} from './resource-reader.ts';

const MILLISECONDS = 1_000;
/** Id of the metric of an alarm without expressions. */
const METRIC_ID = 'm';

interface MetricProperties {
  Namespace?: string;
  MetricName?: string;
  Dimensions?: { Name: string; Value: string }[];
}

interface QueryProperties {
  Id: string;
  Expression?: string;
  MetricStat?: { Metric: MetricProperties; Period: number; Stat: string };
  ReturnData?: boolean;
}

/** Readers for CloudWatch alarms and the topics that they notify. */
export const ALARM_READERS: Record<string, ResourceReader> = {
  'AWS::CloudWatch::Alarm': (properties, model, context) => {
    try {
      model.alarms.push(alarmFrom(properties, context));
    } catch (error) {
      const { stack, logicalId } = context;
      const reason = error instanceof Error ? error.message : String(error);
      model.unsupported.push({ stack: stack.name, logicalId, type: `AWS::CloudWatch::Alarm (${reason})` });
    }
  },
  'AWS::SNS::Topic': ({ Subscription = [] }, model, context) => {
    const arn = refOf(context);
    model.topics.push({ name: nameInArn(arn), arn });
    for (const { Protocol, Endpoint } of Subscription as Properties[])
      if (Protocol === 'email') model.emailSubscriptions.push({ topicArn: arn, address: String(Endpoint) });
  },
  'AWS::SNS::Subscription': (properties, model, context) => {
    const { TopicArn, Protocol, Endpoint } = properties;
    if (!['email', 'email-json'].includes(String(Protocol)))
      return reportUnsupported(properties, ['Protocol'], model, context);
    model.emailSubscriptions.push({ topicArn: String(TopicArn), address: String(Endpoint) });
  },
  'AWS::SNS::TopicPolicy': ({ PolicyDocument, Topics = [] }, model) => {
    const { Statement } = PolicyDocument as { Statement: ResourceStatement[] };
    for (const topic of Topics as string[]) model.resourcePolicies.push({ resource: topic, statements: Statement });
  },
};

/** Throws an error that says what is not supported. */
function alarmFrom(properties: Properties, context: ResourceContext): AlarmDefinition {
  const name = refOf(context);
  const evaluationPeriods = Number(properties.EvaluationPeriods);
  const { queries, returns, period } = queriesFrom(properties);
  if (period % RESOLUTION !== 0 || period === 0) throw new Error('a period that is not in minutes');
  if (period * (evaluationPeriods + 2) > RETENTION) throw new Error(`a range above ${RETENTION / 3_600_000} hours`);
  const comparison = String(properties.ComparisonOperator);
  if (!Object.hasOwn(COMPARISONS, comparison)) throw new Error(`the comparison ${comparison}`);
  const arns = (property: string) => ((properties[property] ?? []) as unknown[]).map(String);
  return {
    name,
    arn: alarmArn(name),
    description: String(properties.AlarmDescription ?? ''),
    queries,
    returns,
    comparison: comparison as Comparison,
    threshold: Number(properties.Threshold),
    period,
    evaluationPeriods,
    datapointsToAlarm: Number(properties.DatapointsToAlarm ?? evaluationPeriods),
    missingData: MISSING_DATA.find((each) => each === properties.TreatMissingData) ?? 'missing',
    actions: {
      OK: arns('OKActions'),
      ALARM: arns('AlarmActions'),
      INSUFFICIENT_DATA: arns('InsufficientDataActions'),
    },
    actionsEnabled: properties.ActionsEnabled !== false,
  };
}

function queriesFrom(properties: Properties): Pick<AlarmDefinition, 'queries' | 'returns' | 'period'> {
  const { Metrics, Period, Statistic, ExtendedStatistic } = properties;
  if (Metrics === undefined) {
    const query = metricQuery(METRIC_ID, properties as MetricProperties, String(Statistic ?? ExtendedStatistic));
    return { queries: [query], returns: METRIC_ID, period: Number(Period) * MILLISECONDS };
  }
  const all = Metrics as QueryProperties[];
  const periods = new Set(all.flatMap(({ MetricStat }) => (MetricStat ? [Number(MetricStat.Period)] : [])));
  const [period = 0] = periods;
  if (periods.size > 1) throw new Error('metrics with different periods');
  const returned = all.filter(({ ReturnData = true }) => ReturnData);
  return { queries: all.map(queryFrom), returns: returned[0]?.Id ?? '', period: period * MILLISECONDS };
}

function queryFrom({ Id, Expression, MetricStat }: QueryProperties): AlarmQuery {
  if (MetricStat) return metricQuery(Id, MetricStat.Metric, MetricStat.Stat);
  const expression = String(Expression);
  return { id: Id, expression, evaluate: metricMath(expression) };
}

function metricQuery(
  id: string,
  { Namespace, MetricName, Dimensions = [] }: MetricProperties,
  statistic: string,
): AlarmQuery {
  if (!isStatistic(statistic)) throw new Error(`the statistic ${statistic}`);
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, String(Value)]));
  const metric = { namespace: String(Namespace), name: String(MetricName), dimensions };
  if (!isCounted(metric)) throw new Error(`the metric ${metric.name} of ${metric.namespace}`);
  return { id, metric, statistic };
}
