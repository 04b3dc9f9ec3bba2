import { Duration, Validations } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import {
  type ILambdaDeploymentConfig,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type Settings, serviceName } from '../settings.ts';
import { alarmTopicArn } from '../stacks/operations-stack.ts';

export interface SafeDeploymentProps {
  settings: Settings;
  /** Last part of the function's name, after graph and stage. */
  service: string;
  alias: Alias;
  /** Timeout of the function, seconds. */
  timeout: number;
}

/**
 * Shifts a function's alias to a new version gradually. Two alarms on the new version roll it back: a high failure rate, and a
 * median duration near the timeout. Single errors, throttles and slow outliers, which one client or high traffic can cause, only
 * notify the alarm topic.
 */
export class SafeDeployment extends Construct {
  constructor(scope: Construct, id: string, { settings, service, alias, timeout }: SafeDeploymentProps) {
    super(scope, id);
    const topic = new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopicArn(this, settings)));
    const name = serviceName(settings, service);
    const alarm = (alarmId: string, { description, ...rule }: FunctionAlarm) => {
      const alarmName = `${name}-${alarmId.replace(/\B[A-Z]/g, '-$&').toLowerCase()}`;
      const common = { alarmName, treatMissingData: TreatMissingData.NOT_BREACHING, comparisonOperator: AT_LEAST };
      const alarmDescription = `${description} (${name})`;
      const made = new Alarm(this, alarmId, { ...common, ...rule, alarmDescription });
      made.addAlarmAction(topic);
      return made;
    };
    for (const [alarmId, rule] of Object.entries(notifying(alias, timeout))) alarm(alarmId, rule);
    const alarms = Object.entries(rollingBack(alias, timeout)).map(([alarmId, rule]) => alarm(alarmId, rule));
    const group = new LambdaDeploymentGroup(this, 'Deployment', {
      alias,
      alarms,
      deploymentConfig: DEPLOYMENTS[settings.deployment],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    Validations.of(group).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]`,
      reason: "AWS's managed policy for CodeDeploy allows only shifting traffic between versions.",
    });
  }
}

const DEPLOYMENTS: Record<Settings['deployment'], ILambdaDeploymentConfig> = {
  allAtOnce: LambdaDeploymentConfig.ALL_AT_ONCE,
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
};

const AT_LEAST = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
/** Fraction of the timeout from which calls count as slow. */
const SLOW = 0.8;
const MINUTE = Duration.minutes(1);

interface FunctionAlarm {
  description: string;
  metric: IMetric;
  /** In the metric's own unit: a count, percent, or milliseconds. */
  threshold: number;
  evaluationPeriods: number;
  datapointsToAlarm?: number;
}

/** Alarms on the alias, which only notify. */
function notifying(alias: Alias, timeout: number): Record<string, FunctionAlarm> {
  const twiceInThreeMinutes = { evaluationPeriods: 3, datapointsToAlarm: 2 };
  return {
    Errors: {
      description: 'Calls failed',
      metric: alias.metricErrors({ period: MINUTE }),
      threshold: 1,
      evaluationPeriods: 1,
    },
    Throttles: {
      description: 'Calls were throttled',
      metric: alias.metricThrottles({ period: MINUTE }),
      threshold: 1,
      ...twiceInThreeMinutes,
    },
    Latency: {
      description: 'The slowest calls are near the timeout',
      metric: alias.metricDuration({ period: MINUTE, statistic: 'p99' }),
      threshold: timeout * 1_000 * SLOW,
      ...twiceInThreeMinutes,
    },
  };
}

/** Evaluation window, evaluated every minute. */
const WINDOW = Duration.minutes(5);
/** Minimum calls of the new version in the window for a meaningful rate: at 50, five failures raise the alarm. */
const MIN_CALLS = 50;
const MAX_ERROR_PERCENT = 10;

/** Rollback alarms on the new version, over enough calls that one client's mistakes do not raise them. */
function rollingBack(alias: Alias, timeout: number): Record<string, FunctionAlarm> {
  const ofVersion = { dimensionsMap: versionDimensions(alias), period: WINDOW };
  const calls = alias.metricInvocations(ofVersion);
  const errors = alias.metricErrors(ofVersion);
  const duration = alias.metricDuration({ ...ofVersion, statistic: Stats.p(50) });
  const rate = (expression: string, usingMetrics: Record<string, IMetric>) =>
    new MathExpression({ expression, usingMetrics, period: WINDOW });
  return {
    VersionErrors: {
      description: 'The new version has a high failure rate',
      metric: rate(`IF(calls >= ${MIN_CALLS}, 100 * FILL(errors, 0) / calls, 0)`, { calls, errors }),
      threshold: MAX_ERROR_PERCENT,
      evaluationPeriods: 1,
    },
    VersionLatency: {
      description: 'Half of the calls of the new version are near the timeout',
      metric: rate(`IF(calls >= ${MIN_CALLS}, duration, 0)`, { calls, duration }),
      threshold: timeout * 1_000 * SLOW,
      evaluationPeriods: 1,
    },
  };
}

/** Metric dimensions of one version behind an alias, https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html */
function versionDimensions({ lambda, aliasName, version }: Alias): Record<string, string> {
  const { functionName } = lambda;
  return { FunctionName: functionName, Resource: `${functionName}:${aliasName}`, ExecutedVersion: version.version };
}
