import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { LRUCache } from 'lru-cache';
import { cacheBound } from '#platform/cache-bound.ts';
import { dynamodbClient } from '#platform/dynamodb/dynamodb-client.ts';
import { EXPIRES_AT, expiryTime } from '#platform/dynamodb/table-ref.ts';

/** Days until a document expires; clients then send it again. */
const RETENTION_DAYS = 30;
/** Maximum bytes of a document; DynamoDB allows 400 KB per item. */
const MAX_BYTES = 100_000;
/** Maximum size of the in-memory cache in characters. */
const MAX_CACHED_CHARACTERS = 2_000_000;

/** Returns the reader and writer of the stored-query table, whose key is `id`. */
export function storedQueryTable(TableName: string) {
  const client = dynamodbClient();
  const cache = new LRUCache<string, string>({
    maxSize: cacheBound(MAX_CACHED_CHARACTERS),
    sizeCalculation: (text) => text.length,
  });
  return {
    async read(id: string): Promise<string | undefined> {
      const known = cache.get(id);
      if (known) return known;
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
      const text = Item?.text?.S;
      if (text) cache.set(id, text);
      return text;
    },
    /** Stores a document unless it is too large. */
    async write(id: string, text: string): Promise<void> {
      if (cache.has(id) || Buffer.byteLength(text) > MAX_BYTES) return;
      const expiry = { N: String(expiryTime(new Date(), RETENTION_DAYS)) };
      const Item = { id: { S: id }, text: { S: text }, [EXPIRES_AT]: expiry };
      await client.send(new PutItemCommand({ TableName, Item }));
      cache.set(id, text);
    },
  };
}
