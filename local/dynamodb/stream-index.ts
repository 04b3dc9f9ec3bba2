import { openDatabase } from '../database.ts';

/** The emulator's table of stream records. */
const RECORDS = '_stream_records';

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
