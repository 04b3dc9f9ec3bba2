import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../events/domain-event.ts';
import { outboxPut } from '../events/outbox.ts';
import { chunksOf } from './batch-read.ts';
import type { TableRef } from './table-ref.ts';
import { failedConditions, ITEMS_PER_TRANSACTION, type TransactItem, transact } from './transact.ts';

export interface BatchPut<Value> {
  values: Value[];
  /** Returns the conditional write of a value. */
  put: (value: Value) => TransactItem;
  /** Returns the event about the values that were put, stored in the same transaction. */
  announce?: (put: Value[]) => DomainEvent;
}

/** Puts the values whose condition holds, about 100 per transaction; returns their number. */
export async function batchPut<Value>(
  client: DynamoDBDocumentClient,
  table: TableRef,
  { values, ...options }: BatchPut<Value>,
): Promise<number> {
  const size = options.announce ? ITEMS_PER_TRANSACTION - 1 : ITEMS_PER_TRANSACTION;
  let count = 0;
  for (const chunk of chunksOf(size, values)) count += await putChunk(client, table, { values: chunk, ...options });
  return count;
}

/** A failed condition cancels the whole transaction, so the other values are retried with a new event. */
async function putChunk<Value>(
  client: DynamoDBDocumentClient,
  table: TableRef,
  puts: BatchPut<Value>,
): Promise<number> {
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
