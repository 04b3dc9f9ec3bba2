import { loadedOnce } from '#platform/loaded-once.ts';
import type { Log } from '#platform/telemetry/log.ts';

/** Documents that clients store by their hash (automatic persisted queries), the same for all environments. */
export interface StoredQueries {
  get(hash: string): Promise<string | undefined>;
  set(hash: string, text: string): void;
  /** Resolves when what was set is written. */
  written(): Promise<void>;
}

/** Returns the store in a table whose key is `id`. While the table cannot be reached, clients send their texts. */
export function storedQueries(tableName: string, log: Pick<Log, 'warn'>): StoredQueries {
  // The client of DynamoDB is loaded when a stored document is first named.
  const table = loadedOnce(async () => (await import('./stored-query-table.ts')).storedQueryTable(tableName));
  const writes = new Set<Promise<unknown>>();
  const warn = (error: unknown) => {
    log.warn('the table of stored queries cannot be used', { error: error as Error });
    return undefined;
  };
  return {
    get: async (hash) => (await table().catch(warn))?.read(hash).catch(warn),
    set(hash, text) {
      const write = table()
        .then(({ write: put }) => put(hash, text))
        .catch(warn)
        .finally(() => writes.delete(write));
      writes.add(write);
    },
    written: async () => {
      await Promise.all(writes);
    },
  };
}
