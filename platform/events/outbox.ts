import { daysFrom, EXPIRES_AT, soleKey, type TableRef } from '../dynamodb/table-ref.ts';
import type { TransactItem } from '../dynamodb/transact.ts';
import type { DomainEvent } from './domain-event.ts';

/** The attribute that holds an event, JSON, and that an item of any other kind lacks: the stream is filtered by it. */
export const OUTBOX = 'outbox';
const DAYS_KEPT = 7;

/**
 * The write that stores an event: part of the transaction that makes it true, so that there is neither one without the
 * other. The table's stream takes it to the publisher.
 */
export function outboxPut(table: TableRef, event: DomainEvent): TransactItem {
  const expiry = daysFrom(new Date(event.time), DAYS_KEPT);
  const Item = { ...soleKey(table, `event#${event.id}`), [OUTBOX]: JSON.stringify(event), [EXPIRES_AT]: expiry };
  return { Put: { TableName: table.name, Item } };
}
