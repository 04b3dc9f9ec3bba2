import DataLoader from 'dataloader';

/**
 * A per-request loader over a batch read that returns the found values in any order: one read for all keys asked for in
 * one tick, `undefined` for a key without a value.
 */
export function loaderByKey<Value>(
  readMany: (keys: string[]) => Promise<Value[]>,
  keyOf: (value: Value) => string,
): DataLoader<string, Value | undefined> {
  return new DataLoader(async (keys) => {
    const found = new Map((await readMany([...keys])).map((value) => [keyOf(value), value]));
    return keys.map((key) => found.get(key));
  });
}
