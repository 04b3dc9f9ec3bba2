import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Item, isPossibleKey } from './batch-read.ts';

/** Reads an item with strong consistency; undefined if it is missing, or if no item can have the key. */
export async function getItem(
  client: DynamoDBDocumentClient,
  TableName: string,
  Key: Record<string, string>,
): Promise<Item | undefined> {
  if (!Object.values(Key).every(isPossibleKey)) return undefined;
  const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}
