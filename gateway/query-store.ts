import { loadedOnce } from '#platform/loaded-once.ts';
import type { Log } from '#platform/log.ts';

/** Bytes of a text: an item may have 400 KB. */
const MAX_BYTES = 100_000;

/** Texts of operations that clients have stored by their hash (automatic persisted queries), the same for all environments. */
export interface QueryStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string): Promise<void>;
  delete(key: string): Promise<boolean>;
  /** Resolves when what was set is written: nothing runs in a function after its answer. */
  written(): Promise<void>;
}

/** The store in a table whose key is `id`. A table that cannot be reached costs a client no more than sending the text. */
export function queryStore(TableName: string, log: Pick<Log, 'warn'>): QueryStore {
  // What it takes to reach the table is loaded when a client first names a stored operation.
  const table = loadedOnce(async () => (await import('./query-table.ts')).queryTable(TableName));
  const writes = new Set<Promise<unknown>>();
  const warn = (error: unknown) => log.warn('the table of stored queries cannot be used', { error: error as Error });
  return {
    async get(key) {
      try {
        return await (await table()).read(key);
      } catch (error) {
        warn(error);
        return undefined;
      }
    },
    async set(key, text) {
      if (Buffer.byteLength(text) > MAX_BYTES) return;
      const write = table()
        .then(({ write: put }) => put(key, text))
        .catch(warn)
        .finally(() => writes.delete(write));
      writes.add(write);
    },
    delete: async () => false,
    written: async () => {
      await Promise.all(writes);
    },
  };
}
