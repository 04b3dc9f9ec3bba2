import type { DatabaseSync } from 'node:sqlite';
import type { BusEvent } from './bus-event.ts';

/** A stored event and its position in the archive. */
export interface ArchivedEvent {
  position: number;
  event: BusEvent;
}

export interface ArchiveStats {
  events: number;
  bytes: number;
}

/** Time range in epoch milliseconds; `end` is exclusive. */
export interface Period {
  start: number;
  end: number;
}

/** Stores archived events on disk. */
export class EventArchive {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`
      CREATE TABLE IF NOT EXISTS archived_events (
        position INTEGER PRIMARY KEY AUTOINCREMENT, archive TEXT NOT NULL, time INTEGER NOT NULL, event TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS archived_events_by_archive ON archived_events (archive, position);
    `);
  }

  add(archive: string, event: BusEvent): void {
    this.#database
      .prepare('INSERT INTO archived_events (archive, time, event) VALUES (?, ?, ?)')
      .run(archive, Date.parse(event.time), JSON.stringify(event));
  }

  /** Returns the next events of a period after a position, in order of arrival. */
  after(archive: string, position: number, { start, end }: Period, limit: number): ArchivedEvent[] {
    const rows = this.#database
      .prepare(
        'SELECT position, event FROM archived_events WHERE archive = ? AND position > ? AND time >= ? AND time < ? ORDER BY position LIMIT ?',
      )
      .all(archive, position, start, end, limit);
    return rows.map((row) => ({ position: Number(row.position), event: JSON.parse(String(row.event)) as BusEvent }));
  }

  /** Deletes events before a time in epoch milliseconds. */
  expire(archive: string, before: number): void {
    this.#database.prepare('DELETE FROM archived_events WHERE archive = ? AND time < ?').run(archive, before);
  }

  stats(archive: string): ArchiveStats {
    const row = this.#database
      .prepare(
        'SELECT COUNT(*) AS events, COALESCE(SUM(LENGTH(event)), 0) AS bytes FROM archived_events WHERE archive = ?',
      )
      .get(archive);
    return { events: Number(row?.events), bytes: Number(row?.bytes) };
  }
}
