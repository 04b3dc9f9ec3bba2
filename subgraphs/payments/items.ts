import type { Item } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import { singletonKey, type TableRef } from '#platform/dynamodb/table-ref.ts';
import { type Account, type AccountEntry, type Entry, MOVEMENT_KINDS, type Movement } from './ledger.ts';
import { PAYMENT_STATUSES, type Payment } from './payment.ts';

/** Returns the table of payments and accounts. An account's partition has its balance and entries. */
export function paymentsTable(name: string): TableRef {
  return { name, partitionKey: 'pk', sortKey: 'sk' };
}

export const paymentKey = (bookingId: string) => singletonKey(paymentsTable(''), `payment#${bookingId}`);
export const balanceKey = (account: Account) => ({ pk: `account#${account}`, sk: 'sum' });
/** Sort key of an account's entries, by time. */
export const entryOrder = ({ at, id }: Pick<Movement, 'at' | 'id'>) => `${at}#${id}`;
export const entrySortKey = (order: string) => `entry#${order}`;
/** Sort key of payments, by time. */
export const paidKey = ({ at, bookingId }: Payment) => `${at}#${bookingId}`;

export function paymentItem(payment: Payment): Item {
  const isListed = payment.status !== 'VOID';
  return { ...paymentKey(payment.bookingId), ...payment, ...(isListed && { paidKey: paidKey(payment) }) };
}

export function entryItem({ account, amount }: Entry, { entries: _, ...movement }: Movement): Item {
  const { pk } = balanceKey(account);
  return { pk, sk: entrySortKey(entryOrder(movement)), ...movement, amount };
}

export function toPayment(item: Item): Payment {
  const read = new ItemReader(item, 'Payment');
  return {
    bookingId: read.string('bookingId'),
    guestId: read.string('guestId'),
    hostId: read.string('hostId'),
    amount: read.number('amount'),
    currency: read.string('currency'),
    status: read.oneOf('status', PAYMENT_STATUSES),
    at: read.string('at'),
  };
}

export function toEntry(item: Item): AccountEntry {
  const read = new ItemReader(item, 'Entry');
  const bookingId = read.optionalString('bookingId');
  return {
    id: read.string('id'),
    kind: read.oneOf('kind', MOVEMENT_KINDS),
    amount: read.number('amount'),
    currency: read.string('currency'),
    at: read.string('at'),
    ...(bookingId && { bookingId }),
  };
}
