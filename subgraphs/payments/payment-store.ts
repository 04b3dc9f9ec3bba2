import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchRead } from '#platform/dynamodb/batch-read.ts';
import { getItem } from '#platform/dynamodb/get-item.ts';
import { queryPage } from '#platform/dynamodb/query-page.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { failedConditions, type TransactItem, transact } from '#platform/dynamodb/transact.ts';
import { outboxPut } from '#platform/events/outbox.ts';
import type { Page } from '#platform/graphql/connection.ts';
import type { PaymentEvent } from './events.ts';
import { paymentItem, paymentKey, paymentsTable, toPayment } from './items.ts';
import type { Movement } from './ledger.ts';
import { movementWrites } from './movement-writes.ts';
import type { Payment } from './payment.ts';

/** Sorts after every payment's key. */
const LAST = ':';

/** Every read and write of payments. There is one a booking, put once: an event that comes twice pays once. */
export class PaymentStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = paymentsTable(tableName);
  }

  /** Payments by booking, in any order; ids must differ. */
  ofBookings(bookingIds: string[]): Promise<Payment[]> {
    return batchRead(this.#client, this.#table.name, bookingIds.map(paymentKey), toPayment);
  }

  /** The payment of a booking as the last write left it. */
  async latest(bookingId: string): Promise<Payment | undefined> {
    const item = await getItem(this.#client, this.#table.name, paymentKey(bookingId));
    return item && toPayment(item);
  }

  /** Payments that a guest made or a host got, newest first; `after` is the `paidKey` at which a page before ended. */
  async ofUser(role: 'guest' | 'host', userId: string, first: number, after = LAST): Promise<Page<Payment>> {
    const query = {
      TableName: this.#table.name,
      IndexName: `${role}-by-age`,
      KeyConditionExpression: '#user = :user AND paidKey < :bound',
      ExpressionAttributeNames: { '#user': `${role}Id` },
      ExpressionAttributeValues: { ':user': userId, ':bound': after },
      ScanIndexForward: false,
    };
    const { nodes, hasMore } = await queryPage(this.#client, query, first);
    return { nodes: nodes.map(toPayment), hasMore };
  }

  /** Takes the price out of the guest's wallet, if the booking has no payment yet and the wallet has it. */
  async capture(
    payment: Payment,
    capture: Movement,
    event: PaymentEvent,
  ): Promise<'CAPTURED' | 'DONE_BEFORE' | 'INSUFFICIENT_FUNDS'> {
    try {
      await transact(this.#client, [
        this.#putNew(payment),
        ...movementWrites(this.#table, capture, { least: payment.amount }),
        outboxPut(this.#table, event),
      ]);
      return 'CAPTURED';
    } catch (error) {
      const [doneBefore, insufficient] = failedConditions(error);
      if (doneBefore) return 'DONE_BEFORE';
      if (insufficient) return 'INSUFFICIENT_FUNDS';
      throw error;
    }
  }

  /** Keeps that a booking was or will not be paid; false if it has a payment already. */
  async close(payment: Payment, event?: PaymentEvent): Promise<boolean> {
    return this.#saved([this.#putNew(payment), ...(event ? [outboxPut(this.#table, event)] : [])]);
  }

  /** Gives a captured price back; false if it is not, or no longer, captured. */
  async refund(payment: Payment, refund: Movement, event: PaymentEvent): Promise<boolean> {
    const Put = {
      TableName: this.#table.name,
      Item: paymentItem(payment),
      ConditionExpression: '#status = :captured',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':captured': 'CAPTURED' },
    };
    return this.#saved([{ Put }, ...movementWrites(this.#table, refund), outboxPut(this.#table, event)]);
  }

  #putNew(payment: Payment): TransactItem {
    const Item = paymentItem(payment);
    return { Put: { TableName: this.#table.name, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  }

  /** False if the first write's condition failed. */
  async #saved(writes: TransactItem[]): Promise<boolean> {
    try {
      await transact(this.#client, writes);
      return true;
    } catch (error) {
      if (failedConditions(error)[0]) return false;
      throw error;
    }
  }
}
