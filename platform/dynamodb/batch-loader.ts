import DataLoader from 'dataloader';
import { PartialRead } from './batch-read.ts';

/**
 * Returns a per-request DataLoader over a batch read, whose values may be in any order. A key without a value loads
 * `undefined`; a key that could not be read loads an error.
 */
export function batchLoader<Value>(
  readMany: (keys: string[]) => Promise<Value[]>,
  keyOf: (value: Value) => string,
): DataLoader<string, Value | undefined> {
  return new DataLoader((keys) => loadBatch(keys, readMany, keyOf, (key) => key));
}

/** Batch function of a DataLoader: returns the value of each key, `undefined` if there is none, or its error. */
export async function loadBatch<Key, Value>(
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
