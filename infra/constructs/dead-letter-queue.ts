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

/** The SQS maximum. */
const RETENTION_DAYS = 14;

export interface DeadLetterQueueProps {
  settings: Settings;
  /** Function whose failed events are sent here. The queue's name is that of the function with `-dlq` appended. */
  of: ServiceFunction;
  /** Whether SQS moves the messages of a FIFO queue here, which needs no permission of the function. */
  isFifo?: boolean;
}

/**
 * Encrypted queue for a function's failed events, sent by the function or by event rules that cannot invoke it. An alarm
 * notifies of the first message.
 */
export class DeadLetterQueue extends Construct implements IDestination, IEventSourceDlq {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { settings, of, isFifo = false }: DeadLetterQueueProps) {
    super(scope, id);
    const queueName = `${of.functionName}-dlq${isFifo ? '.fifo' : ''}`;
    this.queue = new Queue(this, 'Queue', {
      queueName,
      ...(isFifo && { fifo: true }),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(RETENTION_DAYS),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const reason = 'It is itself a dead-letter queue, read by people; it has no consumer that could fail.';
    Validations.of(this.queue).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-SQS3', reason },
      { id: 'Serverless::Serverless-SQSRedrivePolicy', reason },
    );
    if (!isFifo)
      of.function.addToRolePolicy(
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }),
      );
    const alarm = new Alarm(this, 'NotEmpty', {
      alarmName: queueName,
      alarmDescription: `${queueName} has events that ${of.functionName} failed to handle`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopicArn(this, settings))));
  }

  /** Binds the queue as failure destination of a function or event source mapping. */
  bind(): DestinationConfig {
    return { destination: this.queue.queueArn };
  }
}
