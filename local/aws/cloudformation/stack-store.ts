import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { openDatabase } from '../sqlite.ts';
import type { ChangeSet, ResourceState, StackEvent, StackRecord } from './stack-record.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS stacks (id TEXT PRIMARY KEY, name TEXT, created INTEGER, record TEXT);
  CREATE TABLE IF NOT EXISTS resources (stack TEXT, id TEXT, record TEXT, PRIMARY KEY (stack, id));
  CREATE TABLE IF NOT EXISTS retained (type TEXT, id TEXT, record TEXT, PRIMARY KEY (type, id));
  CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY, stack TEXT, record TEXT);
  CREATE INDEX IF NOT EXISTS events_of_stack ON events (stack, number);
  CREATE TABLE IF NOT EXISTS change_sets (id TEXT PRIMARY KEY, stack TEXT, record TEXT);
`;

/** Stacks, their resources, events and change sets on disk. */
export class StackStore {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = openDatabase(file);
    this.#database.exec(SCHEMA);
  }

  /** Returns all stacks, deleted ones included, oldest first. */
  stacks(): StackRecord[] {
    return this.#read('SELECT record FROM stacks ORDER BY created, rowid');
  }

  /** Returns the stack with an id, or the one with a name that is not deleted. */
  stack(idOrName: string): StackRecord | undefined {
    const [byId] = this.#read<StackRecord>('SELECT record FROM stacks WHERE id = ?', idOrName);
    return byId ?? this.stacks().find(({ name, status }) => name === idOrName && status !== 'DELETE_COMPLETE');
  }

  putStack(record: StackRecord): void {
    this.#run('INSERT OR REPLACE INTO stacks VALUES (?, ?, ?, ?)', record.id, record.name, record.created, record);
  }

  resources(stackId: string): ResourceState[] {
    return this.#read('SELECT record FROM resources WHERE stack = ? ORDER BY rowid', stackId);
  }

  putResource(stackId: string, state: ResourceState): void {
    const update = 'ON CONFLICT DO UPDATE SET record = excluded.record';
    this.#run(`INSERT INTO resources VALUES (?, ?, ?) ${update}`, stackId, state.logicalId, state);
  }

  deleteResource(stackId: string, logicalId: string): void {
    this.#run('DELETE FROM resources WHERE stack = ? AND id = ?', stackId, logicalId);
  }

  /** Replaces a stack and all of its resources. */
  replaceStack(record: StackRecord, resources: ResourceState[]): void {
    this.transaction(() => {
      this.putStack(record);
      this.#run('DELETE FROM resources WHERE stack = ?', record.id);
      for (const state of resources) this.putResource(record.id, state);
    });
  }

  /** Resources that were left when their stack was deleted, or when they left it. */
  retained(): ResourceState[] {
    return this.#read('SELECT record FROM retained ORDER BY rowid');
  }

  retain(state: ResourceState): void {
    this.#run('INSERT OR REPLACE INTO retained VALUES (?, ?, ?)', state.type, state.physicalId, state);
  }

  forgetRetained(type: string, physicalId: string): void {
    this.#run('DELETE FROM retained WHERE type = ? AND id = ?', type, physicalId);
  }

  addEvent(event: StackEvent): void {
    this.#run('INSERT INTO events (stack, record) VALUES (?, ?)', event.stackId, event);
  }

  /** Returns the events of a stack, newest first. */
  events(stackId: string): StackEvent[] {
    return this.#read('SELECT record FROM events WHERE stack = ? ORDER BY number DESC', stackId);
  }

  changeSets(stackId: string): ChangeSet[] {
    return this.#read('SELECT record FROM change_sets WHERE stack = ? ORDER BY rowid', stackId);
  }

  putChangeSet(changeSet: ChangeSet): void {
    this.#run('INSERT OR REPLACE INTO change_sets VALUES (?, ?, ?)', changeSet.id, changeSet.stackId, changeSet);
  }

  deleteChangeSets(stackId: string, id?: string): void {
    this.#run('DELETE FROM change_sets WHERE stack = ? AND (? IS NULL OR id = ?)', stackId, id ?? null, id ?? null);
  }

  transaction(work: () => void): void {
    this.#database.exec('BEGIN');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  #read<Item>(sql: string, ...values: SQLInputValue[]): Item[] {
    return this.#database
      .prepare(sql)
      .all(...values)
      .map(({ record }) => JSON.parse(String(record)) as Item);
  }

  #run(sql: string, ...values: (SQLInputValue | object)[]): void {
    const plain = values.map((value) => (typeof value === 'object' && value ? JSON.stringify(value) : value));
    this.#database.prepare(sql).run(...plain);
  }
}
