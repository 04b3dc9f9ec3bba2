import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../sqlite.ts';

/** Dynoxide's table of stream records. */
const RECORDS = '_stream_records';

/** Bytes. Every index stores whole items; larger pages hold several and are written less often. */
const PAGE_SIZE = 16_384;
/** Pages cached in memory: 128 MB; the default is 2 MB. */
const CACHED_PAGES = 8_192;

/** Creates dynoxide's database file if it does not exist, with settings that only an empty database accepts. */
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
 * Adds indexes on dynoxide's stream records. Without them each write to a table with a stream takes longer than the last,
 * because dynoxide searches all records for the highest sequence number.
 */
export function indexStreamRecords(file: string): void {
  const database = openDatabase(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    const exists = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(RECORDS);
    if (!exists) return;
    const number = 'CAST(sequence_number AS INTEGER)';
    database.exec(`
      CREATE INDEX IF NOT EXISTS local_by_number ON ${RECORDS} (table_name, ${number});
      CREATE INDEX IF NOT EXISTS local_by_shard ON ${RECORDS} (table_name, shard_id, ${number});
    `);
  } finally {
    database.close();
  }
}
