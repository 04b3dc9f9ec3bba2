import DataLoader from 'dataloader';
import { PartialRead } from './batch-read.ts';

/**
 * Returns a per-request loader over a batch read, which returns the found values in any order. A key without a value loads
 * `undefined`; a key that could not be read loads an error.
 */
export function loaderByKey<Value>(
  readMany: (keys: string[]) => Promise<Value[]>,
  keyOf: (value: Value) => string,
): DataLoader<string, Value | undefined> {
  return new DataLoader((keys) => readByKey(keys, readMany, keyOf, (key) => key));
}

/** Reads keys for a loader: returns for each its value, `undefined` if there is none, or the error. */
export async function readByKey<Key, Value>(
  keys: readonly Key[],
  readMany: (keys: Key[]) => Promise<Value[]>,
  keyOf: (value: Value) => string,
  nameOf: (key: Key) => string,
): Promise<(Value | undefined | Error)[]> {
  const { values, failures } = await readMany([...keys]).then(complete, partial<Value>);
  const found = new Map(values.map((value) => [keyOf(value), value]));
  return keys.map((key, index) => failures.get(index) ?? found.get(nameOf(key)));
}

type Read<Value> = Pick<PartialRead<Value>, 'values' | 'failures'>;

function complete<Value>(values: Value[]): Read<Value> {
  return { values, failures: new Map() };
}

function partial<Value>(error: unknown): Read<Value> {
  if (error instanceof PartialRead) return error;
  throw error;
}
