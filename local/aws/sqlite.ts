import { DatabaseSync } from 'node:sqlite';

/** Opens a SQLite database whose committed writes survive a crash of this process. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  return database;
}
