import { EXPIRES_AT, expiryTime, singletonKey, type TableRef } from '../dynamodb/table-ref.ts';
import type { TransactItem } from '../dynamodb/transact.ts';
import type { DomainEvent } from './domain-event.ts';

/** Attribute with an event as JSON; only outbox items have it, and the stream is filtered by it. */
export const OUTBOX = 'outbox';
const RETENTION_DAYS = 7;

/**
 * Returns the write that stores an event, for the transaction with the change itself, so that neither exists without the
 * other. The table's stream delivers it to the publisher.
 */
export function outboxPut(table: TableRef, event: DomainEvent): TransactItem {
  const expiry = expiryTime(new Date(event.time), RETENTION_DAYS);
  const Item = { ...singletonKey(table, `event#${event.id}`), [OUTBOX]: JSON.stringify(event), [EXPIRES_AT]: expiry };
  return { Put: { TableName: table.name, Item } };
}
