import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { chunksOf, type Item } from './batch.ts';
import type { DomainEvent } from './domain-event.ts';
import { outboxPut } from './outbox.ts';
import type { TableRef } from './table-ref.ts';
import { failedConditions, ITEMS_PER_TRANSACTION, transact } from './transact.ts';

export interface NewItems<Value> {
  values: Value[];
  toItem: (value: Value) => Item;
  /** The event that tells of those that were added, stored in the same transaction. */
  announce?: (added: Value[]) => DomainEvent;
}

/**
 * Puts the items whose key is not taken yet, about 100 a transaction; returns how many. An item that exists is left as it
 * is, which the write itself makes sure of.
 */
export async function addNew<Value>(
  client: DynamoDBDocumentClient,
  table: TableRef,
  { values, ...how }: NewItems<Value>,
): Promise<number> {
  const size = how.announce ? ITEMS_PER_TRANSACTION - 1 : ITEMS_PER_TRANSACTION;
  let added = 0;
  for (const chunk of chunksOf(size, values)) added += await addChunk(client, table, { values: chunk, ...how });
  return added;
}

/** A taken key cancels the whole transaction, and its reasons say which: the others go again, with an event of their own. */
async function addChunk<Value>(
  client: DynamoDBDocumentClient,
  table: TableRef,
  { values, toItem, announce }: NewItems<Value>,
): Promise<number> {
  if (values.length === 0) return 0;
  const ConditionExpression = `attribute_not_exists(${table.partitionKey})`;
  const puts = values.map((value) => ({ Put: { TableName: table.name, Item: toItem(value), ConditionExpression } }));
  try {
    await transact(client, announce ? [...puts, outboxPut(table, announce(values))] : puts);
    return values.length;
  } catch (error) {
    const taken = failedConditions(error);
    const left = values.filter((_, i) => !taken[i]);
    if (left.length === values.length) throw error;
    return addChunk(client, table, { values: left, toItem, ...(announce && { announce }) });
  }
}
