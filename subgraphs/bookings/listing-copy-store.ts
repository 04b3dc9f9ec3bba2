import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchRead } from '#platform/dynamodb/batch-read.ts';
import { batchPut } from '#platform/dynamodb/batch-write.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { bookingsTable, copyItem, copyKey, toCopy } from './items.ts';
import type { ListingCopy } from './listing-copy.ts';

/** Reads and writes this service's copies of listings. */
export class ListingCopyStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = bookingsTable(tableName);
  }

  /** Returns copies by listing id, in any order. Ids must be distinct. */
  byIds(ids: string[]): Promise<ListingCopy[]> {
    return batchRead(this.#client, this.#table.name, ids.map(copyKey), toCopy);
  }

  /** Saves the copies that are newer than the stored ones: events may be duplicated and out of order. */
  async save(copies: ListingCopy[]): Promise<void> {
    const put = (copy: ListingCopy) => ({
      Put: {
        TableName: this.#table.name,
        Item: copyItem(copy),
        ConditionExpression: 'attribute_not_exists(pk) OR version < :version',
        ExpressionAttributeValues: { ':version': copy.version },
      },
    });
    await batchPut(this.#client, this.#table, { values: copies, put });
  }
}
