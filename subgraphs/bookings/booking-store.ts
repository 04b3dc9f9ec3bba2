import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchRead } from '#platform/dynamodb/batch-read.ts';
import { getItem } from '#platform/dynamodb/get-item.ts';
import { type IdempotencyKey, idempotencyPut, type PreviousUse, previousUse } from '#platform/dynamodb/idempotency.ts';
import { queryPage } from '#platform/dynamodb/query-page.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { failedConditions, type TransactItem, transact } from '#platform/dynamodb/transact.ts';
import { outboxPut } from '#platform/events/outbox.ts';
import type { Page } from '#platform/graphql/connection.ts';
import type { Booking, CancelledBooking } from './booking.ts';
import { type BookingList, bookingQuery } from './booking-lists.ts';
import type { BookingEvent } from './events.ts';
import { bookingItem, bookingKey, bookingsTable, nightItem, nightKey, toBooking } from './items.ts';
import { nightsOf } from './stay.ts';

/** Result of a booking attempt. */
export type BookOutcome = { outcome: 'BOOKED' | 'KEY_USED' } | { outcome: 'DATES_TAKEN'; dates: string[] };

/** Reads and writes bookings. A booking and its nights change in one transaction. */
export class BookingStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = bookingsTable(tableName);
  }

  /** Returns bookings by id, in any order. Ids must be distinct. */
  byIds(ids: string[]): Promise<Booking[]> {
    return batchRead(this.#client, this.#table.name, ids.map(bookingKey), toBooking);
  }

  /** Returns a booking by a consistent read, as the base of a change. */
  async latest(id: string): Promise<Booking | undefined> {
    const item = await getItem(this.#client, this.#table.name, bookingKey(id));
    return item && toBooking(item);
  }

  /** Returns the earlier use of an idempotency key, if any. */
  previousUse(key: IdempotencyKey): Promise<PreviousUse | undefined> {
    return previousUse(this.#client, this.#table, key);
  }

  /** Returns one page of a list of bookings. */
  async list(list: BookingList, first: number, after?: string): Promise<Page<Booking>> {
    const query = { TableName: this.#table.name, ...bookingQuery(list, after) };
    const { nodes, hasMore } = await queryPage(this.#client, query, first);
    return { nodes: nodes.map(toBooking), hasMore };
  }

  /** Adds a booking and takes its nights, if its key is unused and all nights are free. */
  async book(booking: Booking, key: IdempotencyKey, event: BookingEvent, now: Date): Promise<BookOutcome> {
    const dates = nightsOf(booking);
    const writes = [
      idempotencyPut(this.#table, key, booking.id, now),
      this.#put(booking, { ConditionExpression: 'attribute_not_exists(pk)' }),
      ...dates.map((date) => this.#takeNight(booking, date, now)),
      outboxPut(this.#table, event),
    ];
    try {
      await transact(this.#client, writes);
      return { outcome: 'BOOKED' };
    } catch (error) {
      const [keyUsed, , ...failed] = failedConditions(error);
      const taken = dates.filter((_, i) => failed[i]);
      if (keyUsed) return { outcome: 'KEY_USED' };
      if (taken.length > 0) return { outcome: 'DATES_TAKEN', dates: taken };
      throw error;
    }
  }

  /** Adds a completed stay without checking its nights. Returns false if its id exists. */
  async addPast(booking: Booking, event: BookingEvent): Promise<boolean> {
    const put = this.#put(booking, { ConditionExpression: 'attribute_not_exists(pk)' });
    try {
      await transact(this.#client, [put, outboxPut(this.#table, event)]);
      return true;
    } catch (error) {
      if (failedConditions(error)[0]) return false;
      throw error;
    }
  }

  /** Saves a confirmed booking and removes its nights' expiry, if it still has all of them. */
  async confirm(booking: Booking, event: BookingEvent): Promise<'SAVED' | 'CHANGED' | 'NIGHTS_LOST'> {
    const nights = nightsOf(booking).map((date) => this.#keepNight(booking, date));
    try {
      await transact(this.#client, [this.#putNext(booking), ...nights, outboxPut(this.#table, event)]);
      return 'SAVED';
    } catch (error) {
      const [changed, ...lost] = failedConditions(error);
      if (changed) return 'CHANGED';
      if (lost.some(Boolean)) return 'NIGHTS_LOST';
      throw error;
    }
  }

  /** Saves a cancelled booking and frees its nights. Returns false if the booking has changed since it was read. */
  async cancel(booking: CancelledBooking, event: BookingEvent, dates = nightsOf(booking)): Promise<boolean> {
    const nights = dates.map((date) => this.#freeNight(booking, date));
    try {
      await transact(this.#client, [this.#putNext(booking), ...nights, outboxPut(this.#table, event)]);
      return true;
    } catch (error) {
      const [changed, ...lost] = failedConditions(error);
      if (changed) return false;
      // Another booking may have taken a night whose hold expired. Retry with the other nights.
      const own = dates.filter((_, i) => !lost[i]);
      if (own.length < dates.length) return this.cancel(booking, event, own);
      throw error;
    }
  }

  #put(booking: Booking, condition: Condition): TransactItem {
    return { Put: { TableName: this.#table.name, Item: bookingItem(booking), ...condition } };
  }

  #putNext(booking: Booking): TransactItem {
    return this.#put(booking, {
      ConditionExpression: 'version = :before',
      ExpressionAttributeValues: { ':before': booking.version - 1 },
    });
  }

  #takeNight({ id: bookingId, listingId, paymentDue }: Booking, date: string, now: Date): TransactItem {
    return {
      Put: {
        TableName: this.#table.name,
        Item: nightItem({ listingId, date, bookingId, heldUntil: paymentDue }),
        ConditionExpression: 'attribute_not_exists(pk) OR heldUntil < :now',
        ExpressionAttributeValues: { ':now': now.toISOString() },
      },
    };
  }

  #keepNight({ id, listingId }: Booking, date: string): TransactItem {
    return {
      Update: {
        TableName: this.#table.name,
        Key: nightKey({ listingId, date }),
        UpdateExpression: 'REMOVE heldUntil',
        ...ownedBy(id),
      },
    };
  }

  #freeNight({ id, listingId }: Booking, date: string): TransactItem {
    return { Delete: { TableName: this.#table.name, Key: nightKey({ listingId, date }), ...ownedBy(id) } };
  }
}

type Condition = { ConditionExpression: string; ExpressionAttributeValues?: Record<string, unknown> };

function ownedBy(bookingId: string): Condition {
  return { ConditionExpression: 'bookingId = :booking', ExpressionAttributeValues: { ':booking': bookingId } };
}
