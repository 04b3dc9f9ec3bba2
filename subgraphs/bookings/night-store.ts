import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead } from '#platform/dynamodb/batch-read.ts';
import { nightKey, toNight } from './items.ts';
import type { Night, NightKey } from './night.ts';

/** Reads nights. `BookingStore` writes them together with their booking. */
export class NightStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Returns booked nights by key, in any order. Keys must be distinct. */
  byKeys(keys: NightKey[]): Promise<Night[]> {
    return batchRead(this.#client, this.#table, keys.map(nightKey), toNight);
  }

  /** Returns a listing's booked nights in an inclusive date range. A year of nights is one page. */
  async between(listingId: string, from: string, to: string): Promise<Night[]> {
    const { pk } = nightKey({ listingId, date: from });
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': pk,
          ':from': nightKey({ listingId, date: from }).sk,
          ':to': nightKey({ listingId, date: to }).sk,
        },
      }),
    );
    return Items.map(toNight);
  }
}
