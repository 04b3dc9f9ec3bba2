import { eventPattern } from '../aws/events/event-pattern.ts';
import { functionRef } from '../aws/lambda/function-ref.ts';
import type { SystemModel } from './model.ts';
import {
  nameInArn,
  type Properties,
  type ResourceContext,
  type ResourceReader,
  reportUnsupported,
} from './resource-reader.ts';

const MILLISECONDS = 1_000;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
const STREAM_BATCH_SIZE = 100;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
const QUEUE_BATCH_SIZE = 10;
/** Value of retry and age settings that means no limit. */
const UNLIMITED = -1;

/** Readers for event source mappings of tables' streams and of queues. */
export const MAPPING_READERS: Record<string, ResourceReader> = {
  'AWS::Lambda::EventSourceMapping': (properties, model, context) => {
    const [, service] = /^arn:[^:]+:([^:]+):/.exec(String(properties.EventSourceArn)) ?? [];
    const read = { dynamodb: readStreamMapping, sqs: readQueueMapping }[service ?? ''];
    if (!read) return reportUnsupported(properties, ['EventSourceArn'], model, context);
    if (properties.Enabled !== false) read(properties, model, context);
  },
};

function readStreamMapping(properties: Properties, model: SystemModel, context: ResourceContext): void {
  const streamArn = String(properties.EventSourceArn);
  const [, tableName] = /:table\/([^/]+)\/stream\//.exec(streamArn) ?? [];
  if (!tableName) return reportUnsupported(properties, ['EventSourceArn'], model, context);
  reportUnsupported(properties, ['TumblingWindowInSeconds'], model, context);
  const { OnFailure } = (properties.DestinationConfig ?? {}) as { OnFailure?: { Destination: string } };
  model.mappings.push({
    id: `${context.stack.name}/${context.logicalId}`,
    ...targetOf(properties),
    tableName,
    streamArn,
    startingPosition: properties.StartingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    batchSize: Number(properties.BatchSize ?? STREAM_BATCH_SIZE),
    window: windowOf(properties),
    parallelization: Number(properties.ParallelizationFactor ?? 1),
    policy: policyOf(properties),
    filters: filtersOf(properties),
    failureQueue: OnFailure && nameInArn(OnFailure.Destination),
  });
}

function readQueueMapping(properties: Properties, model: SystemModel): void {
  const { MaximumConcurrency } = (properties.ScalingConfig ?? {}) as { MaximumConcurrency?: number };
  model.queueMappings.push({
    ...targetOf(properties),
    queueName: nameInArn(properties.EventSourceArn),
    batchSize: Number(properties.BatchSize ?? QUEUE_BATCH_SIZE),
    window: windowOf(properties),
    maxConcurrency: MaximumConcurrency === undefined ? undefined : Number(MaximumConcurrency),
    reportsFailures: reportsFailures(properties),
    filters: filtersOf(properties),
  });
}

function targetOf({ FunctionName }: Properties) {
  const { name, qualifier = '$LATEST' } = functionRef(String(FunctionName));
  return { functionName: name, qualifier };
}

function windowOf({ MaximumBatchingWindowInSeconds }: Properties): number {
  return Number(MaximumBatchingWindowInSeconds ?? 0) * MILLISECONDS;
}

function reportsFailures({ FunctionResponseTypes }: Properties): boolean {
  return ((FunctionResponseTypes ?? []) as string[]).includes('ReportBatchItemFailures');
}

function policyOf(properties: Properties) {
  const maxAge = Number(properties.MaximumRecordAgeInSeconds ?? UNLIMITED);
  return {
    maxRetries: Number(properties.MaximumRetryAttempts ?? UNLIMITED),
    maxRecordAge: maxAge === UNLIMITED ? Number.POSITIVE_INFINITY : maxAge * MILLISECONDS,
    bisects: properties.BisectBatchOnFunctionError === true,
    reportsFailures: reportsFailures(properties),
  };
}

function filtersOf({ FilterCriteria }: Properties) {
  const { Filters = [] } = (FilterCriteria ?? {}) as { Filters?: { Pattern: string }[] };
  return Filters.map(({ Pattern }) => eventPattern(JSON.parse(Pattern)));
}
