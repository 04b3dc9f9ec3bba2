import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { LocalTable } from './model.ts';
import type { Properties, ResourceReader } from './resource-reader.ts';

/** Returns the table that a resource declares. */
export function tableOf(properties: Properties): LocalTable {
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
  return {
    name: String(TableName),
    create: create as CreateTableCommandInput,
    ...(timeToLive && { timeToLive: timeToLive.AttributeName }),
  };
}

const readTable: ResourceReader = (properties, model) => {
  model.tables.push(tableOf(properties));
};

/** Readers for tables. */
export const TABLE_READERS: Record<string, ResourceReader> = {
  'AWS::DynamoDB::Table': readTable,
  'AWS::DynamoDB::GlobalTable': readTable,
};
