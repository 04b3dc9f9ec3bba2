import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../events/domain-event.ts';
import { batchGet, type Item } from './batch-read.ts';
import { putEach } from './batch-write.ts';
import type { TableRef } from './table-ref.ts';

export interface NewItems<Value> {
  values: Value[];
  toItem: (value: Value) => Item;
  /** The event that tells of those that were added. */
  announce?: (added: Value[]) => DomainEvent;
}

/**
 * Puts the items whose key is not taken yet; returns how many. An item that exists is left as it is. The table's key is its
 * partition key alone. Those that are there are looked up first: a read costs a fraction of a transaction that they cancel.
 */
export async function addNew<Value>(
  client: DynamoDBDocumentClient,
  table: TableRef,
  { values, toItem, ...announced }: NewItems<Value>,
): Promise<number> {
  const { name, partitionKey } = table;
  const ids = new Map(values.map((value) => [value, toItem(value)[partitionKey]]));
  const keys = [...new Set(ids.values())].map((id) => ({ [partitionKey]: id }));
  const taken = new Set((await batchGet(client, name, keys, [partitionKey])).map((item) => item[partitionKey]));
  const ConditionExpression = `attribute_not_exists(${partitionKey})`;
  const put = (value: Value) => ({ Put: { TableName: name, Item: toItem(value), ConditionExpression } });
  return putEach(client, table, { ...announced, values: values.filter((value) => !taken.has(ids.get(value))), put });
}
