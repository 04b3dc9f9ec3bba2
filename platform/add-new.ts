import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { chunksOf, type Item } from './batch.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html */
const ITEMS_PER_TRANSACTION = 100;

/**
 * Puts the items whose key is not taken yet, 100 a transaction; returns how many. An item that exists is left as it is,
 * which the write itself makes sure of.
 */
export async function addNew(
  client: DynamoDBDocumentClient,
  table: string,
  partitionKey: string,
  items: Item[],
): Promise<number> {
  let added = 0;
  for (const chunk of chunksOf(ITEMS_PER_TRANSACTION, items))
    added += await addChunk(client, table, partitionKey, chunk);
  return added;
}

/** A taken key cancels the whole transaction, and its reasons say which: the others go again. */
async function addChunk(client: DynamoDBDocumentClient, table: string, key: string, items: Item[]): Promise<number> {
  if (items.length === 0) return 0;
  const ConditionExpression = `attribute_not_exists(${key})`;
  try {
    const TransactItems = items.map((Item) => ({ Put: { TableName: table, Item, ConditionExpression } }));
    await client.send(new TransactWriteCommand({ TransactItems }));
    return items.length;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const left = items.filter((_, i) => reasons[i]?.Code !== 'ConditionalCheckFailed');
    if (left.length === items.length) throw error;
    return addChunk(client, table, key, left);
  }
}
