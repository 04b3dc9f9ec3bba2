import DataLoader from 'dataloader';
import { PartialRead } from './batch-read.ts';

/**
 * A per-request loader over a batch read that returns the found values in any order: one read for all keys asked for in
 * one tick, `undefined` for a key without a value, an error for a key that alone could not be read.
 */
export function loaderByKey<Value>(
  readMany: (keys: string[]) => Promise<Value[]>,
  keyOf: (value: Value) => string,
): DataLoader<string, Value | undefined> {
  return new DataLoader((keys) => readByKey(keys, readMany, keyOf, (key) => key));
}

/** Reads many keys at once, for a loader: returns for each its value, `undefined` if there is none, or why it was not read. */
export async function readByKey<Key, Value>(
  keys: readonly Key[],
  readMany: (keys: Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => string,
  nameOf: (key: Key) => string,
): Promise<(Value | undefined | Error)[]> {
  const { values, failures } = await readMany([...keys]).then(complete, partial<Value>);
  const found = new Map(values.map((value) => [keyOf(value), value]));
  return keys.map((key, place) => failures.get(place) ?? found.get(nameOf(key)));
}

type Read<Value> = Pick<PartialRead<Value>, 'values' | 'failures'>;

function complete<Value>(values: Value[]): Read<Value> {
  return { values, failures: new Map() };
}

function partial<Value>(error: unknown): Read<Value> {
  if (error instanceof PartialRead) return error;
  throw error;
}
