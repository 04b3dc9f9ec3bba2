import { EXPIRES_AT, expiryTime, singletonKey, type TableRef } from '../dynamodb/table-ref.ts';
import { failedConditions, type TransactItem } from '../dynamodb/transact.ts';
import type { DomainEvent } from './domain-event.ts';

/** Longer than an event can be in transit, including the dead-letter queue. */
const RETENTION_DAYS = 30;

/**
 * Returns the write that marks an event as handled. It must be the first of the transaction with the event's effect, so
 * that a repeated delivery has no effect.
 */
export function inboxPut(table: TableRef, event: DomainEvent, now: Date): TransactItem {
  const Item = { ...singletonKey(table, `done#${event.id}`), [EXPIRES_AT]: expiryTime(now, RETENTION_DAYS) };
  return {
    Put: {
      TableName: table.name,
      Item,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': table.partitionKey },
    },
  };
}

/** Whether a transaction that begins with `inboxPut` failed because the event was already handled. */
export function isDuplicateDelivery(error: unknown): boolean {
  return failedConditions(error)[0] === true;
}
