import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Item } from './batch.ts';
import type { DomainEvent } from './domain-event.ts';
import { putEach } from './put-each.ts';
import type { TableRef } from './table-ref.ts';

export interface NewItems<Value> {
  values: Value[];
  toItem: (value: Value) => Item;
  /** The event that tells of those that were added. */
  announce?: (added: Value[]) => DomainEvent;
}

/** Puts the items whose key is not taken yet; returns how many. An item that exists is left as it is. */
export function addNew<Value>(
  client: DynamoDBDocumentClient,
  table: TableRef,
  { toItem, ...values }: NewItems<Value>,
): Promise<number> {
  const ConditionExpression = `attribute_not_exists(${table.partitionKey})`;
  const put = (value: Value) => ({ Put: { TableName: table.name, Item: toItem(value), ConditionExpression } });
  return putEach(client, table, { ...values, put });
}
