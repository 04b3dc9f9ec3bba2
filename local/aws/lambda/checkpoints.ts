import type { DatabaseSync } from 'node:sqlite';

/** Stores on disk how far each mapping has read its stream, so that the next run resumes there. */
export class Checkpoints {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(
      'CREATE TABLE IF NOT EXISTS checkpoints (mapping TEXT, stream TEXT, sequenceNumber TEXT, PRIMARY KEY (mapping, stream))',
    );
  }

  /** Returns the sequence number of the last record that a mapping has processed; undefined for a new stream. */
  of(mapping: string, stream: string): string | undefined {
    const row = this.#database
      .prepare('SELECT sequenceNumber FROM checkpoints WHERE mapping = ? AND stream = ?')
      .get(mapping, stream);
    return row && String(row.sequenceNumber);
  }

  save(mapping: string, stream: string, sequenceNumber: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?)').run(mapping, stream, sequenceNumber);
  }
}
