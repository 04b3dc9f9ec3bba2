import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../events/domain-event.ts';
import { outboxPut } from '../events/outbox.ts';
import { chunksOf } from './batch-read.ts';
import type { TableRef } from './table-ref.ts';
import { failedConditions, ITEMS_PER_TRANSACTION, type TransactItem, transact } from './transact.ts';

export interface Puts<Value> {
  values: Value[];
  /** The write of a value, with the condition on which it is made. */
  put: (value: Value) => TransactItem;
  /** The event that tells of those that were put, stored in the same transaction. */
  announce?: (put: Value[]) => DomainEvent;
}

/** Puts those values whose condition holds, about 100 a transaction; returns how many. The others are left as they are. */
export async function putEach<Value>(
  client: DynamoDBDocumentClient,
  table: TableRef,
  { values, ...how }: Puts<Value>,
): Promise<number> {
  const size = how.announce ? ITEMS_PER_TRANSACTION - 1 : ITEMS_PER_TRANSACTION;
  let count = 0;
  for (const chunk of chunksOf(size, values)) count += await putChunk(client, table, { values: chunk, ...how });
  return count;
}

/** A failed condition cancels the whole transaction, and its reasons say which: the others go again, with an event of their own. */
async function putChunk<Value>(client: DynamoDBDocumentClient, table: TableRef, puts: Puts<Value>): Promise<number> {
  const { values, put, announce } = puts;
  if (values.length === 0) return 0;
  try {
    await transact(client, [...values.map(put), ...(announce ? [outboxPut(table, announce(values))] : [])]);
    return values.length;
  } catch (error) {
    const failed = failedConditions(error);
    const left = values.filter((_, i) => !failed[i]);
    if (left.length === values.length) throw error;
    return putChunk(client, table, { ...puts, values: left });
  }
}
