import { Duration, Validations } from 'aws-cdk-lib';
import { GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { ServiceFunction } from './service-function.ts';

/** Messages per invocation; the maximum of a FIFO queue. */
const BATCH_SIZE = 10;
/**
 * Receives of a message before it becomes a dead letter. Not only attempts count: a delivery to a large topic that is interrupted
 * continues in the next, and messages behind it in the topic are received with it. Ten events for 100,000 subscribers take 20.
 */
const MAX_RECEIVES = 25;
/**
 * Visibility timeout in timeouts of the function. The function itself shortens it for what remains; so it is the time after which the
 * events of a function that was killed come again. AWS recommends six, for a queue whose messages wait for a throttled function.
 */
const VISIBILITY_TIMEOUTS = 2;
/** Later, an event is of no use to a subscriber. */
const RETENTION = Duration.hours(1);

export interface DeliveryQueueProps {
  settings: Settings;
  /** Handles the messages. */
  consumer: ServiceFunction;
  /** Timeout of the consumer, seconds. */
  timeout: number;
}

/** FIFO queue of events for subscribers, encrypted, with its function and a dead-letter queue. */
export class DeliveryQueue extends Construct {
  readonly #queue: Queue;

  constructor(scope: Construct, id: string, { settings, consumer, timeout }: DeliveryQueueProps) {
    super(scope, id);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', { settings, of: consumer, isFifo: true });
    this.#queue = new Queue(this, 'Queue', {
      queueName: `${consumer.functionName}.fifo`,
      fifo: true,
      // Without these two, a FIFO queue takes 300 messages a second.
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: RETENTION,
      visibilityTimeout: Duration.seconds(timeout * VISIBILITY_TIMEOUTS),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: MAX_RECEIVES },
    });
    this.#grant(consumer, RECEIVE_ACTIONS);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: consumer.alias,
      eventSourceArn: this.#queue.queueArn,
      batchSize: BATCH_SIZE,
      reportBatchItemFailures: true,
      maxConcurrency: settings.subscriptions.deliveries,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'Mappings of queues have none: the queue moves failed messages to its dead-letter queue.',
    });
    // Lambda verifies the role's access to the queue when it creates the mapping.
    mapping.node.addDependency(consumer.function.role ?? consumer);
  }

  /** Lets a function send messages. */
  grantSend(sender: ServiceFunction): void {
    this.#grant(sender, ['sqs:SendMessage']);
  }

  charts(): GraphWidget[] {
    const left = [
      this.#queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', label: 'Oldest message (s)' }),
    ];
    return [new GraphWidget({ title: 'Delay of deliveries to subscribers', left, width: 24 })];
  }

  #grant({ function: fn }: ServiceFunction, actions: string[]): void {
    fn.addEnvironment('DELIVERY_QUEUE_URL', this.#queue.queueUrl);
    fn.addToRolePolicy(new PolicyStatement({ actions, resources: [this.#queue.queueArn] }));
  }
}

/** Lambda receives and deletes messages; the function itself makes those visible again that remain. */
const RECEIVE_ACTIONS = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ChangeMessageVisibility',
];
