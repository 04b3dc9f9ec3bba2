import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { ResourceReader } from './resource-reader.ts';

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

/** Readers for tables. */
export const TABLE_READERS: Record<string, ResourceReader> = {
  'AWS::DynamoDB::Table': readTable,
  'AWS::DynamoDB::GlobalTable': readTable,
};
