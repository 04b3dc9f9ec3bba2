import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './database.ts';

/** The emulator's table of stream records. */
const RECORDS = '_stream_records';

/** Bytes. Items lie whole in every index: pages that hold several of them are written fewer times. */
const PAGE_SIZE = 16_384;
/** Pages that the emulator keeps in memory: 128 MB, where its own setting is 2 MB. */
const CACHED_PAGES = 8_192;

/** Makes the emulator's database file unless it is there, with what can be set on an empty one alone. */
export function createDatabase(file: string): void {
  if (existsSync(file)) return;
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA page_size = ${PAGE_SIZE}; PRAGMA default_cache_size = ${CACHED_PAGES}; VACUUM`);
  } finally {
    database.close();
  }
}

/**
 * Gives the emulator's database the index that its stream records lack: without it each write to a table with a stream takes
 * longer than the one before, as the emulator looks for the highest sequence number in all of them.
 */
export function indexStreamRecords(file: string): void {
  const database = openDatabase(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    const isThere = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(RECORDS);
    if (!isThere) return;
    const number = 'CAST(sequence_number AS INTEGER)';
    database.exec(`
      CREATE INDEX IF NOT EXISTS local_by_number ON ${RECORDS} (table_name, ${number});
      CREATE INDEX IF NOT EXISTS local_by_shard ON ${RECORDS} (table_name, shard_id, ${number});
    `);
  } finally {
    database.close();
  }
}
