import type { KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { backoff } from './backoff.ts';

/** Limits of the DynamoDB API, https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html */
const GETS_PER_CALL = 100;
const MAX_KEY_BYTES = 1_024;
const ATTEMPTS = 6;

/** An item as the document client gives it: narrow it before use. */
export type Item = Record<string, unknown>;

/**
 * Reads items by key, 100 a call; items that do not exist are left out, and so are keys that no item can have: clients give
 * ids too. Keys must differ from each other. Given names of attributes, no others are read.
 */
export async function batchGet(
  client: DynamoDBDocumentClient,
  table: string,
  keys: Item[],
  attributes: string[] = [],
): Promise<Item[]> {
  const possible = keys.filter((key) => Object.values(key).every(isPossibleKey));
  const projection = projectionOf(attributes);
  const chunks = await Promise.all(
    chunksOf(GETS_PER_CALL, possible).map((Keys) => getChunk(client, table, { ...projection, Keys })),
  );
  return chunks.flat();
}

/** Whether an item can have the value as its key: text that is not empty nor longer than any sort key may be. */
export function isPossibleKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= MAX_KEY_BYTES;
}

/** The expression that reads some attributes alone, under other names: theirs may be words that DynamoDB keeps for itself. */
function projectionOf(attributes: string[]): Omit<KeysAndAttributes, 'Keys'> {
  if (attributes.length === 0) return {};
  const names = Object.fromEntries(attributes.map((name, i) => [`#a${i}`, name]));
  return { ProjectionExpression: Object.keys(names).join(', '), ExpressionAttributeNames: names };
}

async function getChunk(
  client: DynamoDBDocumentClient,
  table: string,
  { Keys, ...how }: Omit<KeysAndAttributes, 'Keys'> & { Keys: Item[] },
): Promise<Item[]> {
  const found: Item[] = [];
  await untilNoneIsLeft(Keys, async (left) => {
    const page = await client.send(new BatchGetCommand({ RequestItems: { [table]: { ...how, Keys: left } } }));
    found.push(...(page.Responses?.[table] ?? []));
    return page.UnprocessedKeys?.[table]?.Keys ?? [];
  });
  return found;
}

/** DynamoDB may process a batch in part: what is left goes again, with exponential backoff. */
async function untilNoneIsLeft(items: Item[], send: (items: Item[]) => Promise<Item[]>): Promise<void> {
  let left = items;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === ATTEMPTS) throw new Error(`${left.length} items are left unprocessed after ${ATTEMPTS} attempts`);
    if (attempt > 0) await backoff(attempt);
    left = await send(left);
  }
}

/** Cuts a list into parts of a size; the last may be smaller. */
export function chunksOf<T>(size: number, all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
