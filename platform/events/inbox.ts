import { daysFrom, EXPIRES_AT, soleKey, type TableRef } from '../dynamodb/table-ref.ts';
import { failedConditions, type TransactItem } from '../dynamodb/transact.ts';
import type { DomainEvent } from './domain-event.ts';

/** Longer than an event can be on its way, dead-letter queue included. */
const DAYS_KEPT = 30;

/**
 * The write that marks an event as done: the first of the transaction with its effect, so that a second delivery has no
 * second effect.
 */
export function inboxPut(table: TableRef, event: DomainEvent, now: Date): TransactItem {
  const Item = { ...soleKey(table, `done#${event.id}`), [EXPIRES_AT]: daysFrom(now, DAYS_KEPT) };
  return {
    Put: {
      TableName: table.name,
      Item,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': table.partitionKey },
    },
  };
}

/** Whether a transaction that begins with `inboxPut` failed because the event was done before. */
export function wasDoneBefore(error: unknown): boolean {
  return failedConditions(error)[0] === true;
}
