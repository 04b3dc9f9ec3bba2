import { loadOnce } from '#platform/load-once.ts';
import type { Log } from '#platform/telemetry/log.ts';

/** Store of automatic persisted queries by hash, shared by all Lambda environments. */
export interface StoredQueries {
  get(hash: string): Promise<string | undefined>;
  set(hash: string, text: string): void;
  /** Resolves when pending writes are complete. */
  flush(): Promise<void>;
}

/** Returns the store in a table with the key `id`. Failures of the table are logged as misses: clients then send the text. */
export function storedQueries(tableName: string, log: Pick<Log, 'warn'>): StoredQueries {
  // Loads the DynamoDB client on first use.
  const table = loadOnce(async () => (await import('./stored-query-table.ts')).storedQueryTable(tableName));
  const writes = new Set<Promise<unknown>>();
  const warn = (error: unknown) => {
    log.warn('stored-query table failed', { error: error as Error });
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
    flush: async () => {
      await Promise.all(writes);
    },
  };
}
