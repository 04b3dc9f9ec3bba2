import { DatabaseSync } from 'node:sqlite';

/** Opens a database of the local run. What was written there survives the end of this process, however it ends. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  return database;
}
