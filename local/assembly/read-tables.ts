import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { eventPattern } from '../aws/events/event-pattern.ts';
import { functionRef } from '../aws/lambda/function-ref.ts';
import { nameInArn, type Properties, type ResourceReader, reportUnsupported } from './resource-reader.ts';

const MILLISECONDS = 1_000;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
const DEFAULT_BATCH_SIZE = 100;
/** Value of retry and age settings that means no limit. */
const UNLIMITED = -1;

const readTable: ResourceReader = (properties, model) => {
  const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties;
  const timeToLive = properties.TimeToLiveSpecification as { AttributeName: string } | undefined;
  const { StreamViewType } = (properties.StreamSpecification ?? {}) as { StreamViewType?: string };
  const create = {
    TableName,
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes,
    LocalSecondaryIndexes,
    ...(StreamViewType && { StreamSpecification: { StreamEnabled: true, StreamViewType } }),
    BillingMode: 'PAY_PER_REQUEST',
  };
  model.tables.push({
    name: String(TableName),
    create: create as CreateTableCommandInput,
    ...(timeToLive && { timeToLive: timeToLive.AttributeName }),
  });
};

/** Readers for tables and their stream mappings. */
export const TABLE_READERS: Record<string, ResourceReader> = {
  'AWS::DynamoDB::Table': readTable,
  'AWS::DynamoDB::GlobalTable': readTable,
  'AWS::Lambda::EventSourceMapping': (properties, model, context) => {
    const streamArn = String(properties.EventSourceArn);
    const [, tableName] = /^arn:[^:]+:dynamodb:[^:]+:\d+:table\/([^/]+)\/stream\//.exec(streamArn) ?? [];
    if (!tableName) return reportUnsupported(properties, ['EventSourceArn'], model, context);
    reportUnsupported(properties, ['TumblingWindowInSeconds'], model, context);
    if (properties.Enabled === false) return;
    const { name, qualifier = '$LATEST' } = functionRef(String(properties.FunctionName));
    const { OnFailure } = (properties.DestinationConfig ?? {}) as { OnFailure?: { Destination: string } };
    model.mappings.push({
      id: `${context.stack.name}/${context.logicalId}`,
      functionName: name,
      qualifier,
      tableName,
      streamArn,
      startingPosition: properties.StartingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
      batchSize: Number(properties.BatchSize ?? DEFAULT_BATCH_SIZE),
      window: Number(properties.MaximumBatchingWindowInSeconds ?? 0) * MILLISECONDS,
      parallelization: Number(properties.ParallelizationFactor ?? 1),
      policy: policyOf(properties),
      filters: filtersOf(properties),
      failureQueue: OnFailure && nameInArn(OnFailure.Destination),
    });
  },
};

function policyOf(properties: Properties) {
  const maxAge = Number(properties.MaximumRecordAgeInSeconds ?? UNLIMITED);
  return {
    maxRetries: Number(properties.MaximumRetryAttempts ?? UNLIMITED),
    maxRecordAge: maxAge === UNLIMITED ? Number.POSITIVE_INFINITY : maxAge * MILLISECONDS,
    bisects: properties.BisectBatchOnFunctionError === true,
    reportsFailures: ((properties.FunctionResponseTypes ?? []) as string[]).includes('ReportBatchItemFailures'),
  };
}

function filtersOf({ FilterCriteria }: Properties) {
  const { Filters = [] } = (FilterCriteria ?? {}) as { Filters?: { Pattern: string }[] };
  return Filters.map(({ Pattern }) => eventPattern(JSON.parse(Pattern)));
}
