import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DestinationConfig, IDestination, IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** Days that SQS keeps a message at the most. */
const RETENTION_DAYS = 14;

/** Where what a function could not do ends: an encrypted queue that this function alone sends to. */
export class DeadLetterQueue extends Construct implements IDestination, IEventSourceDlq {
  readonly queue: Queue;

  /** The queue is called after the function, with `-dlq` behind. */
  constructor(scope: Construct, id: string, { function: fn, functionName }: ServiceFunction) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName: `${functionName}-dlq`,
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
    fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }));
  }

  /** As the destination of a function or of an event source mapping. */
  bind(): DestinationConfig {
    return { destination: this.queue.queueArn };
  }
}
