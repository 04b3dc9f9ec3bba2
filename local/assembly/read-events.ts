import { eventPattern } from '../aws/events/event-pattern.ts';
import type { ResourceStatement } from '../aws/iam/resource-policy.ts';
import { functionRef } from '../aws/lambda/function-ref.ts';
import type { QueueDefinition } from '../aws/sqs/queue-store.ts';
import { nameInArn, type Properties, type ResourceReader, reportUnsupported } from './resource-reader.ts';

const MILLISECONDS = 1_000;
const DAY = 86_400_000;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const QUEUE_DEFAULTS = { visibilityTimeout: 30, retention: 345_600, maxMessageSize: 1_048_576 };

/** Readers for event buses, rules, archives and queues. */
export const EVENT_READERS: Record<string, ResourceReader> = {
  'AWS::Events::EventBus': ({ Name }, model, { resolver, logicalId }) => {
    model.buses.push({ name: String(Name), arn: arnOf(resolver, logicalId) });
  },
  'AWS::Events::Archive': ({ SourceArn, EventPattern, RetentionDays, ArchiveName }, model, { resolver, logicalId }) => {
    model.archives.push({
      name: String(ArchiveName ?? logicalId),
      arn: arnOf(resolver, logicalId),
      busName: nameInArn(SourceArn),
      matches: EventPattern === undefined ? () => true : eventPattern(EventPattern),
      retention: RetentionDays ? Number(RetentionDays) * DAY : Number.POSITIVE_INFINITY,
    });
  },
  'AWS::Events::Rule': (properties, model, context) => {
    reportUnsupported(properties, ['ScheduleExpression'], model, context);
    const { Name, EventBusName, EventPattern, State, Targets = [] } = properties;
    if (EventPattern === undefined || State === 'DISABLED') return;
    const targets = Targets as Properties[];
    for (const target of targets) reportUnsupported(target, ['Input', 'InputPath', 'InputTransformer'], model, context);
    const [functions, others] = [targets.filter(isFunction), targets.filter((target) => !isFunction(target))];
    for (const target of others) reportUnsupported(target, ['Arn'], model, context);
    model.rules.push({
      name: String(Name ?? context.logicalId),
      arn: arnOf(context.resolver, context.logicalId),
      busName: nameInArn(EventBusName ?? 'default'),
      matches: eventPattern(EventPattern),
      targets: functions.map(targetOf),
    });
  },
  'AWS::SQS::Queue': (properties, model, context) => {
    reportUnsupported(properties, ['RedriveAllowPolicy'], model, context);
    const duration = (name: string, defaultSeconds = 0) => Number(properties[name] ?? defaultSeconds) * MILLISECONDS;
    model.queues.push({
      name: String(properties.QueueName ?? context.logicalId),
      delay: duration('DelaySeconds'),
      visibilityTimeout: duration('VisibilityTimeout', QUEUE_DEFAULTS.visibilityTimeout),
      retention: duration('MessageRetentionPeriod', QUEUE_DEFAULTS.retention),
      waitTime: duration('ReceiveMessageWaitTimeSeconds'),
      maxMessageSize: Number(properties.MaximumMessageSize ?? QUEUE_DEFAULTS.maxMessageSize),
      ...fifoOf(properties),
      ...redriveOf(properties),
    });
  },
  'AWS::SQS::QueuePolicy': ({ PolicyDocument }, model) => {
    for (const statement of (PolicyDocument as { Statement: ResourceStatement[] }).Statement)
      for (const resource of [statement.Resource ?? []].flat())
        model.resourcePolicies.push({ resource, statements: [statement] });
  },
};

function fifoOf({
  FifoQueue,
  ContentBasedDeduplication,
  DeduplicationScope,
}: Properties): Pick<QueueDefinition, 'fifo'> {
  if (!isTrue(FifoQueue)) return {};
  const hasContentDeduplication = isTrue(ContentBasedDeduplication);
  return { fifo: { hasContentDeduplication, deduplicatesByGroup: DeduplicationScope === 'messageGroup' } };
}

function redriveOf({ RedrivePolicy }: Properties): Pick<QueueDefinition, 'redrive'> {
  if (!RedrivePolicy) return {};
  const { deadLetterTargetArn, maxReceiveCount } = RedrivePolicy as Properties;
  return { redrive: { queueName: nameInArn(deadLetterTargetArn), maxReceives: Number(maxReceiveCount) } };
}

/** CloudFormation also takes texts. */
function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}

function isFunction({ Arn }: Properties): boolean {
  return String(Arn).includes(':lambda:');
}

function targetOf({ Arn, DeadLetterConfig }: Properties) {
  const { name, qualifier = '$LATEST' } = functionRef(String(Arn));
  const { Arn: queue } = (DeadLetterConfig ?? {}) as { Arn?: string };
  return { arn: String(Arn), functionName: name, qualifier, deadLetterQueue: queue && nameInArn(queue) };
}

function arnOf(resolver: { resolve(value: unknown): unknown }, logicalId: string): string {
  return String(resolver.resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] }));
}
