import { Duration, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import {
  type ILambdaDeploymentConfig,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmTopicArn } from './operations-stack.ts';
import { type Settings, serviceName } from './settings.ts';

export interface SafeDeploymentProps {
  settings: Settings;
  /** What the function is called after the graph and the stage. */
  service: string;
  alias: Alias;
  /** The function's timeout, seconds. */
  timeout: number;
}

/** A part of the timeout that the slowest calls should stay under. */
const SLOW = 0.8;
const PERIOD = Duration.minutes(1);

/**
 * Moves a function's alias to a new version step by step, and back by itself when an alarm goes off: on errors, on
 * throttles, or on answers that take nearly as long as the timeout.
 */
export class SafeDeployment extends Construct {
  constructor(scope: Construct, id: string, { settings, service, alias, timeout }: SafeDeploymentProps) {
    super(scope, id);
    const topic = Topic.fromTopicArn(this, 'Topic', alarmTopicArn(this, settings));
    const name = serviceName(settings, service);
    const alarms = ALARMS.map(({ what, metric, threshold }) => {
      const alarm = new Alarm(this, what, {
        alarmName: `${name}-${what.toLowerCase()}`,
        alarmDescription: `${what} of the function ${name}`,
        metric: metric(alias),
        threshold: threshold(timeout),
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(topic));
      return alarm;
    });
    const group = new LambdaDeploymentGroup(this, 'Deployment', {
      alias,
      alarms,
      deploymentConfig: DEPLOYMENTS[settings.deployment],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    Validations.of(group).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]`,
      reason: 'AWS keeps this policy for CodeDeploy: it lets the role move traffic between versions, and nothing more.',
    });
  }
}

const DEPLOYMENTS: Record<Settings['deployment'], ILambdaDeploymentConfig> = {
  allAtOnce: LambdaDeploymentConfig.ALL_AT_ONCE,
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
};

interface FunctionAlarm {
  what: string;
  metric: (alias: Alias) => Metric;
  /** In the metric's own unit: a count, or milliseconds. */
  threshold: (timeoutSeconds: number) => number;
}

const ALARMS: FunctionAlarm[] = [
  { what: 'Errors', metric: (alias) => alias.metricErrors({ period: PERIOD }), threshold: () => 1 },
  { what: 'Throttles', metric: (alias) => alias.metricThrottles({ period: PERIOD }), threshold: () => 1 },
  {
    what: 'Latency',
    metric: (alias) => alias.metricDuration({ period: PERIOD, statistic: 'p99' }),
    threshold: (timeout) => timeout * 1_000 * SLOW,
  },
];
