import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../events/domain-event.ts';
import { batchGet, type Item } from './batch-read.ts';
import { batchPut } from './batch-write.ts';
import type { TableRef } from './table-ref.ts';

export interface Inserts<Value> {
  values: Value[];
  toItem: (value: Value) => Item;
  /** Returns the event about the added values. */
  announce?: (added: Value[]) => DomainEvent;
}

/**
 * Inserts the items whose key does not exist; returns their number. Existing items are unchanged. The table has no sort key.
 * Existing keys are read first, which costs a fraction of a cancelled transaction.
 */
export async function insertIfAbsent<Value>(
  client: DynamoDBDocumentClient,
  table: TableRef,
  { values, toItem, ...options }: Inserts<Value>,
): Promise<number> {
  const { name, partitionKey } = table;
  const ids = new Map(values.map((value) => [value, toItem(value)[partitionKey]]));
  const keys = [...new Set(ids.values())].map((id) => ({ [partitionKey]: id }));
  const taken = new Set((await batchGet(client, name, keys, [partitionKey])).map((item) => item[partitionKey]));
  const ConditionExpression = `attribute_not_exists(${partitionKey})`;
  const put = (value: Value) => ({ Put: { TableName: name, Item: toItem(value), ConditionExpression } });
  return batchPut(client, table, { ...options, values: values.filter((value) => !taken.has(ids.get(value))), put });
}
