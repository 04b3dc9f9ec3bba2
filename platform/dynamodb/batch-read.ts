import type { KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { backoff } from './backoff.ts';

/** Limits of the DynamoDB API, https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html */
const GETS_PER_CALL = 100;
const MAX_KEY_BYTES = 1_024;
const ATTEMPTS = 6;

/** An item as the document client gives it: narrow it before use. */
export type Item = Record<string, unknown>;

/** Some keys of a batch could not be read. The values of the others are there: a loader fails for these keys alone. */
export class PartialRead<Value> extends Error {
  override name = 'PartialRead';
  readonly values: Value[];
  /** By the key's place in the batch. */
  readonly failures: ReadonlyMap<number, Error>;

  constructor(values: Value[], failures: ReadonlyMap<number, Error>) {
    const [cause] = failures.values();
    super(`${failures.size} keys of a batch could not be read: ${cause?.message}`, { cause });
    this.values = values;
    this.failures = failures;
  }
}

/**
 * Reads items by key, 100 a call; items that do not exist are left out, and so are keys that no item can have: clients give
 * ids too. Keys must differ from each other. Given names of attributes, no others are read. Throws PartialRead if DynamoDB
 * did not read some of the keys, and its own error if it read none.
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
  const items = chunks.flatMap((chunk) => chunk.items);
  const failed = chunks.flatMap((chunk) => chunk.failed);
  const [first] = failed;
  if (!first) return items;
  const [{ error }, causes] = [first, new Set(failed.map((each) => each.error))];
  if (failed.length === possible.length && causes.size === 1) throw error;
  const places = placesOf(keys);
  throw new PartialRead(items, new Map(failed.map((each) => [places(each.key) ?? -1, each.error])));
}

/** Reads values by key, as `batchGet` does; an item that is no such value fails alone. */
export async function batchRead<Value>(
  client: DynamoDBDocumentClient,
  table: string,
  keys: Item[],
  toValue: (item: Item) => Value,
): Promise<Value[]> {
  const read = await batchGet(client, table, keys).catch((error: unknown) => {
    if (error instanceof PartialRead) return error as PartialRead<Item>;
    throw error;
  });
  const [items, failures] = Array.isArray(read)
    ? [read, new Map<number, Error>()]
    : [read.values, new Map(read.failures)];
  const places = placesOf(keys);
  const values = items.flatMap((item) => {
    try {
      return [toValue(item)];
    } catch (error) {
      failures.set(places(item) ?? -1, error as Error);
      return [];
    }
  });
  if (failures.size > 0) throw new PartialRead(values, failures);
  return values;
}

/** Finds the place of an item's key, or of a key, in a batch. */
function placesOf(keys: Item[]): (item: Item) => number | undefined {
  const attributes = Object.keys(keys[0] ?? {});
  const nameOf = (item: Item) => JSON.stringify(attributes.map((attribute) => item[attribute]));
  const places = new Map(keys.map((key, place) => [nameOf(key), place]));
  return (item) => places.get(nameOf(item));
}

/** Whether an item can have the value as its key: Unicode text that is not empty nor longer than any sort key may be. */
export function isPossibleKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.isWellFormed() && Buffer.byteLength(value) <= MAX_KEY_BYTES;
}

/** The expression that reads some attributes alone, under other names: theirs may be words that DynamoDB keeps for itself. */
function projectionOf(attributes: string[]): Omit<KeysAndAttributes, 'Keys'> {
  if (attributes.length === 0) return {};
  const names = Object.fromEntries(attributes.map((name, i) => [`#a${i}`, name]));
  return { ProjectionExpression: Object.keys(names).join(', '), ExpressionAttributeNames: names };
}

interface Chunk {
  items: Item[];
  failed: { key: Item; error: Error }[];
}

/** DynamoDB may process a batch in part: what is left goes again, with exponential backoff. */
async function getChunk(client: DynamoDBDocumentClient, table: string, request: Request): Promise<Chunk> {
  const items: Item[] = [];
  let left = request.Keys;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === ATTEMPTS) return { items, failed: failedBy(new Error(UNPROCESSED), left) };
    if (attempt > 0) await backoff(attempt);
    try {
      const RequestItems = { [table]: { ...request, Keys: left } };
      const page = await client.send(new BatchGetCommand({ RequestItems }));
      items.push(...(page.Responses?.[table] ?? []));
      left = page.UnprocessedKeys?.[table]?.Keys ?? [];
    } catch (error) {
      const rest = await afterError(client, table, { ...request, Keys: left }, error as Error);
      return { items: [...items, ...rest.items], failed: rest.failed };
    }
  }
  return { items, failed: [] };
}

type Request = Omit<KeysAndAttributes, 'Keys'> & { Keys: Item[] };

const UNPROCESSED = `DynamoDB left the key unprocessed ${ATTEMPTS} times`;

/** One key that DynamoDB does not accept makes it refuse the whole call: the halves go separately until it is alone. */
async function afterError(
  client: DynamoDBDocumentClient,
  table: string,
  request: Request,
  error: Error,
): Promise<Chunk> {
  const { Keys } = request;
  if (error.name !== 'ValidationException' || Keys.length === 1) return { items: [], failed: failedBy(error, Keys) };
  const halves = await Promise.all(
    chunksOf(Math.ceil(Keys.length / 2), Keys).map((half) => getChunk(client, table, { ...request, Keys: half })),
  );
  return { items: halves.flatMap(({ items }) => items), failed: halves.flatMap(({ failed }) => failed) };
}

function failedBy(error: Error, keys: Item[]): Chunk['failed'] {
  return keys.map((key) => ({ key, error }));
}

/** Cuts a list into parts of a size; the last may be smaller. */
export function chunksOf<T>(size: number, all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
