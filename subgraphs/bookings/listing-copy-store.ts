import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchRead } from '#platform/dynamodb/batch-read.ts';
import { batchPut } from '#platform/dynamodb/batch-write.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { bookingsTable, copyItem, copyKey, toCopy } from './items.ts';
import type { ListingCopy } from './listing-copy.ts';

/** Every read and write of what this service knows of listings. */
export class ListingCopyStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = bookingsTable(tableName);
  }

  /** Copies by the listing's id, in any order; ids must differ. */
  byIds(ids: string[]): Promise<ListingCopy[]> {
    return batchRead(this.#client, this.#table.name, ids.map(copyKey), toCopy);
  }

  /** Keeps copies, each unless the one that is there is as new: events come twice and in any order. */
  async keep(copies: ListingCopy[]): Promise<void> {
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
