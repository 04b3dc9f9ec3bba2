import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { daysFrom, EXPIRES_AT } from '#platform/table-ref.ts';

/** Days that a text is kept after it was sent: clients send it again when it is gone. */
const DAYS_KEPT = 30;

/** Returns the reader and writer of the table of stored queries, whose key is `id`. */
export function storedQueryTable(TableName: string) {
  const client = new DynamoDBClient({});
  return {
    async read(key: string): Promise<string | undefined> {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: key } } }));
      return Item?.text?.S;
    },
    async write(key: string, text: string): Promise<void> {
      const expiry = { N: String(daysFrom(new Date(), DAYS_KEPT)) };
      const Item = { id: { S: key }, text: { S: text }, [EXPIRES_AT]: expiry };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
  };
}
