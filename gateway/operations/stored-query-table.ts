import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { LRUCache } from 'lru-cache';
import { cacheBound } from '#platform/cache-bound.ts';
import { dynamodbClient } from '#platform/dynamodb-client.ts';
import { daysFrom, EXPIRES_AT } from '#platform/table-ref.ts';

/** Days that a text is kept after it was sent: clients send it again when it is gone. */
const DAYS_KEPT = 30;
/** Bytes of a text: an item may have 400 KB. */
const MAX_BYTES = 100_000;
/** Characters of texts that are kept in memory. */
const MAX_KEPT = 2_000_000;

/** Returns the reader and writer of the table of stored queries, whose key is `id`. */
export function storedQueryTable(TableName: string) {
  const client = dynamodbClient();
  const kept = new LRUCache<string, string>({ maxSize: cacheBound(MAX_KEPT), sizeCalculation: (text) => text.length });
  return {
    async read(id: string): Promise<string | undefined> {
      const known = kept.get(id);
      if (known) return known;
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
      const text = Item?.text?.S;
      if (text) kept.set(id, text);
      return text;
    },
    /** A text that is too long is not stored. */
    async write(id: string, text: string): Promise<void> {
      if (kept.has(id) || Buffer.byteLength(text) > MAX_BYTES) return;
      const expiry = { N: String(daysFrom(new Date(), DAYS_KEPT)) };
      const Item = { id: { S: id }, text: { S: text }, [EXPIRES_AT]: expiry };
      await client.send(new PutItemCommand({ TableName, Item }));
      kept.set(id, text);
    },
  };
}
