import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '#platform/batch.ts';
import { copyItem, copyKey, toCopy } from './items.ts';
import type { ListingCopy } from './listing-copy.ts';

/** Every read and write of what this service knows of listings. */
export class ListingCopyStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Copies by the listing's id, in any order; ids must differ. */
  async byIds(ids: string[]): Promise<ListingCopy[]> {
    return (await batchGet(this.#client, this.#table, ids.map(copyKey))).map(toCopy);
  }

  /** Keeps a copy, unless the one that is there is as new: events come twice and in any order. */
  async keep(copy: ListingCopy): Promise<void> {
    const put = new PutCommand({
      TableName: this.#table,
      Item: copyItem(copy),
      ConditionExpression: 'attribute_not_exists(pk) OR version < :version',
      ExpressionAttributeValues: { ':version': copy.version },
    });
    await this.#client.send(put).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  }
}
