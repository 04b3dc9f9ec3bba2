import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DestinationConfig, IDestination, IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { alarmTopicArn } from '../stacks/operations-stack.ts';
import type { ServiceFunction } from './service-function.ts';

/** Days that SQS keeps a message at the most. */
const RETENTION_DAYS = 14;

export interface DeadLetterQueueProps {
  settings: Settings;
  /** Whose events end here. The queue is called after it, with `-dlq` behind. */
  of: ServiceFunction;
}

/**
 * Where what a function could not do ends: an encrypted queue that the function itself, and the rules that cannot reach it,
 * send to. An alarm tells of the first message.
 */
export class DeadLetterQueue extends Construct implements IDestination, IEventSourceDlq {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { settings, of }: DeadLetterQueueProps) {
    super(scope, id);
    const queueName = `${of.functionName}-dlq`;
    this.queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(RETENTION_DAYS),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const reason = 'It is the dead-letter queue itself: a person reads it, and no consumer of it could fail.';
    Validations.of(this.queue).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-SQS3', reason },
      { id: 'Serverless::Serverless-SQSRedrivePolicy', reason },
    );
    of.function.addToRolePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }),
    );
    const alarm = new Alarm(this, 'NotEmpty', {
      alarmName: queueName,
      alarmDescription: `Events that ${of.functionName} did not handle wait in ${queueName}`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopicArn(this, settings))));
  }

  /** As the destination of a function or of an event source mapping. */
  bind(): DestinationConfig {
    return { destination: this.queue.queueArn };
  }
}
