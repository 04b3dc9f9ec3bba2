import { LRUCache } from 'lru-cache';
import { loadedOnce } from '#platform/loaded-once.ts';
import type { Log } from '#platform/log.ts';

/** Bytes of a text: an item may have 400 KB. */
const MAX_BYTES = 100_000;
/** Characters of texts that are kept in memory. */
const MAX_KEPT = 2_000_000;

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
  const kept = new LRUCache<string, string>({ maxSize: MAX_KEPT, sizeCalculation: (text) => text.length });
  const writes = new Set<Promise<unknown>>();
  const warn = (error: unknown) => log.warn('the table of stored queries cannot be used', { error: error as Error });
  return {
    async get(hash) {
      const known = kept.get(hash);
      if (known) return known;
      try {
        const text = await (await table()).read(hash);
        if (text) kept.set(hash, text);
        return text;
      } catch (error) {
        warn(error);
        return undefined;
      }
    },
    set(hash, text) {
      if (kept.has(hash) || Buffer.byteLength(text) > MAX_BYTES) return;
      const write = table()
        .then(({ write: put }) => put(hash, text))
        .then(() => kept.set(hash, text))
        .catch(warn)
        .finally(() => writes.delete(write));
      writes.add(write);
    },
    written: async () => {
      await Promise.all(writes);
    },
  };
}
