import type { KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { backoff } from './backoff.ts';

/** Limits of the DynamoDB API, https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html */
const GETS_PER_CALL = 100;
const MAX_KEY_BYTES = 1_024;
const ATTEMPTS = 6;

/** An item as the document client returns it; narrow it before use. */
export type Item = Record<string, unknown>;

/** Some keys of a batch could not be read. Has the values of the others, so that a loader fails for these keys only. */
export class PartialRead<Value> extends Error {
  override name = 'PartialRead';
  readonly values: Value[];
  /** Errors by the key's index in the batch. */
  readonly failures: ReadonlyMap<number, Error>;

  constructor(values: Value[], failures: ReadonlyMap<number, Error>) {
    const [cause] = failures.values();
    super(`${failures.size} keys of a batch could not be read: ${cause?.message}`, { cause });
    this.values = values;
    this.failures = failures;
  }
}

/**
 * Reads items by key, 100 per call. Omits missing items, and keys that no item can have, since ids come from clients too.
 * Keys must be distinct. Reads only `attributes`, if given. Throws PartialRead if DynamoDB did not read some of the keys,
 * or its own error if it read none.
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
  const indexOf = indexFinder(keys);
  throw new PartialRead(items, new Map(failed.map((each) => [indexOf(each.key) ?? -1, each.error])));
}

/** Reads items like `batchGet` and converts them; an invalid item fails only for its own key. */
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
  const indexOf = indexFinder(keys);
  const values = items.flatMap((item) => {
    try {
      return [toValue(item)];
    } catch (error) {
      failures.set(indexOf(item) ?? -1, error as Error);
      return [];
    }
  });
  if (failures.size > 0) throw new PartialRead(values, failures);
  return values;
}

/** Returns a function that finds the index in a batch of an item's key, or of a key. */
function indexFinder(keys: Item[]): (item: Item) => number | undefined {
  const attributes = Object.keys(keys[0] ?? {});
  const nameOf = (item: Item) => JSON.stringify(attributes.map((attribute) => item[attribute]));
  const indexes = new Map(keys.map((key, index) => [nameOf(key), index]));
  return (item) => indexes.get(nameOf(item));
}

/** Whether a value can be a key attribute: non-empty Unicode text within the size limit of sort keys. */
export function isPossibleKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.isWellFormed() && Buffer.byteLength(value) <= MAX_KEY_BYTES;
}

/** Returns a projection expression; placeholders avoid DynamoDB's reserved words. */
function projectionOf(attributes: string[]): Omit<KeysAndAttributes, 'Keys'> {
  if (attributes.length === 0) return {};
  const names = Object.fromEntries(attributes.map((name, i) => [`#a${i}`, name]));
  return { ProjectionExpression: Object.keys(names).join(', '), ExpressionAttributeNames: names };
}

interface Chunk {
  items: Item[];
  failed: { key: Item; error: Error }[];
}

/** Reads one chunk. Retries unprocessed keys with exponential backoff. */
async function getChunk(client: DynamoDBDocumentClient, table: string, request: Request): Promise<Chunk> {
  const items: Item[] = [];
  let left = request.Keys;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === ATTEMPTS) return { items, failed: failures(new Error(UNPROCESSED), left) };
    if (attempt > 0) await backoff(attempt);
    try {
      const RequestItems = { [table]: { ...request, Keys: left } };
      const page = await client.send(new BatchGetCommand({ RequestItems }));
      items.push(...(page.Responses?.[table] ?? []));
      left = page.UnprocessedKeys?.[table]?.Keys ?? [];
    } catch (error) {
      const rest = await bisect(client, table, { ...request, Keys: left }, error as Error);
      return { items: [...items, ...rest.items], failed: rest.failed };
    }
  }
  return { items, failed: [] };
}

type Request = Omit<KeysAndAttributes, 'Keys'> & { Keys: Item[] };

const UNPROCESSED = `DynamoDB left the key unprocessed ${ATTEMPTS} times`;

/** Bisects a rejected chunk: one invalid key makes DynamoDB reject the whole call. */
async function bisect(client: DynamoDBDocumentClient, table: string, request: Request, error: Error): Promise<Chunk> {
  const { Keys } = request;
  if (error.name !== 'ValidationException' || Keys.length === 1) return { items: [], failed: failures(error, Keys) };
  const halves = await Promise.all(
    chunksOf(Math.ceil(Keys.length / 2), Keys).map((half) => getChunk(client, table, { ...request, Keys: half })),
  );
  return { items: halves.flatMap(({ items }) => items), failed: halves.flatMap(({ failed }) => failed) };
}

function failures(error: Error, keys: Item[]): Chunk['failed'] {
  return keys.map((key) => ({ key, error }));
}

/** Splits a list into chunks; the last may be smaller. */
export function chunksOf<T>(size: number, all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
