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

/** Reads and writes payments. A booking has one payment, inserted once, so a duplicated event pays once. */
export class PaymentStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = paymentsTable(tableName);
  }

  /** Returns payments by booking id, in any order. Ids must be distinct. */
  ofBookings(bookingIds: string[]): Promise<Payment[]> {
    return batchRead(this.#client, this.#table.name, bookingIds.map(paymentKey), toPayment);
  }

  /** Returns the payment of a booking by a consistent read. */
  async latest(bookingId: string): Promise<Payment | undefined> {
    const item = await getItem(this.#client, this.#table.name, paymentKey(bookingId));
    return item && toPayment(item);
  }

  /** Returns a page of a guest's or host's payments, newest first; `after` is the previous page's last `paidKey`. */
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

  /** Saves a payment and moves the price, if the booking has no payment yet and the guest's balance suffices. */
  async capture(
    payment: Payment,
    capture: Movement,
    event: PaymentEvent,
  ): Promise<'CAPTURED' | 'ALREADY_EXISTS' | 'INSUFFICIENT_FUNDS'> {
    try {
      await transact(this.#client, [
        this.#putNew(payment),
        ...movementWrites(this.#table, capture, { min: payment.amount }),
        outboxPut(this.#table, event),
      ]);
      return 'CAPTURED';
    } catch (error) {
      const [exists, insufficient] = failedConditions(error);
      if (exists) return 'ALREADY_EXISTS';
      if (insufficient) return 'INSUFFICIENT_FUNDS';
      throw error;
    }
  }

  /** Saves a declined or void payment. Returns false if the booking already has a payment. */
  async saveUncaptured(payment: Payment, event?: PaymentEvent): Promise<boolean> {
    return this.#write([this.#putNew(payment), ...(event ? [outboxPut(this.#table, event)] : [])]);
  }

  /** Saves a refund and moves the price back. Returns false if the payment is not captured. */
  async refund(payment: Payment, refund: Movement, event: PaymentEvent): Promise<boolean> {
    const Put = {
      TableName: this.#table.name,
      Item: paymentItem(payment),
      ConditionExpression: '#status = :captured',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':captured': 'CAPTURED' },
    };
    return this.#write([{ Put }, ...movementWrites(this.#table, refund), outboxPut(this.#table, event)]);
  }

  #putNew(payment: Payment): TransactItem {
    const Item = paymentItem(payment);
    return { Put: { TableName: this.#table.name, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  }

  /** Runs a transaction. Returns false if the first write's condition failed. */
  async #write(writes: TransactItem[]): Promise<boolean> {
    try {
      await transact(this.#client, writes);
      return true;
    } catch (error) {
      if (failedConditions(error)[0]) return false;
      throw error;
    }
  }
}
