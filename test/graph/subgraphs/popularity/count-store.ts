import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { transact } from '#platform/dynamodb/transact.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { inboxPut, isDuplicateDelivery } from '#platform/events/inbox.ts';

export interface Count {
  id: string;
  count: number;
}

/** Reads and writes of the popularity table. */
export class CountStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = { name: tableName, partitionKey: 'id' };
  }

  /** Increments counts for an event, once, however often it is delivered. */
  async add(event: DomainEvent, ids: string[], now: Date): Promise<void> {
    const updates = ids.map((id) => ({
      Update: {
        TableName: this.#table.name,
        Key: { id },
        UpdateExpression: 'ADD times :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    }));
    try {
      await transact(this.#client, [inboxPut(this.#table, event, now), ...updates]);
    } catch (error) {
      if (!isDuplicateDelivery(error)) throw error;
    }
  }

  /** Returns the existing counts in any order; ids must be unique. */
  async byIds(ids: string[]): Promise<Count[]> {
    const keys = ids.map((id) => ({ id }));
    return (await batchGet(this.#client, this.#table.name, keys)).map((item) => {
      const read = new ItemReader(item, 'Count');
      return { id: read.string('id'), count: read.number('times') };
    });
  }
}

export const ALL_BOOKS = 'books';
export const ALL_LOANS = 'loans';
export const loansOfBook = (bookId: string) => `book#${bookId}`;
export const loansOfMember = (memberId: string) => `member#${memberId}`;
