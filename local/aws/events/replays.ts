import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../aws-service.ts';
import type { Period } from './event-archive.ts';
import type { EventBuses } from './event-bus.ts';

/** A replay and its progress. */
export interface Replay extends Period {
  name: string;
  archive: string;
  busName: string;
  /** ARNs of the rules that receive the events; an empty list means all rules. */
  rules: string[];
  state: 'RUNNING' | 'COMPLETED' | 'FAILED';
  /** Archive position of the last sent event. */
  position: number;
  /** Its time in epoch milliseconds; 0 before the first. */
  lastEventTime: number;
  startedAt: number;
  endedAt: number;
}

/** Events in flight at once; the next page follows when all are handled. */
const PAGE = 50;

/** Replays archived events. A replay resumes where the last run stopped. */
export class Replays {
  readonly #database: DatabaseSync;
  readonly #buses: EventBuses;
  #isStopped = false;

  constructor(database: DatabaseSync, buses: EventBuses) {
    this.#database = database;
    this.#buses = buses;
    database.exec('CREATE TABLE IF NOT EXISTS replays (name TEXT PRIMARY KEY, replay TEXT NOT NULL)');
  }

  /** Resumes the replays of an earlier run. */
  resume(): void {
    const rows = this.#database.prepare('SELECT replay FROM replays').all();
    const replays = rows.map(({ replay }) => JSON.parse(String(replay)) as Replay);
    for (const replay of replays.filter(({ state }) => state === 'RUNNING')) this.#begin(replay);
  }

  /** Sends no more events. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Starts a replay; throws AwsError if its name is taken. */
  start(request: Pick<Replay, 'name' | 'archive' | 'busName' | 'rules' | 'start' | 'end'>): Replay {
    if (this.find(request.name))
      throw new AwsError('ResourceAlreadyExistsException', `Replay ${request.name} already exists.`);
    const progress = { state: 'RUNNING', position: 0, lastEventTime: 0, startedAt: Date.now(), endedAt: 0 } as const;
    const replay: Replay = { ...request, ...progress };
    this.#save(replay);
    this.#begin(replay);
    return replay;
  }

  find(name: string): Replay | undefined {
    const row = this.#database.prepare('SELECT replay FROM replays WHERE name = ?').get(name);
    return row && (JSON.parse(String(row.replay)) as Replay);
  }

  #begin(replay: Replay): void {
    void this.#run(replay).catch(
      () => this.#isStopped || this.#save({ ...replay, state: 'FAILED', endedAt: Date.now() }),
    );
  }

  async #run(replay: Replay): Promise<void> {
    const { name, archive, busName, rules } = replay;
    for (let { position, lastEventTime } = replay; !this.#isStopped; ) {
      const page = this.#buses.archive.after(archive, position, replay, PAGE);
      const deliveries = page.map(({ event }) =>
        this.#buses.dispatch(busName, { ...event, 'replay-name': name }, rules.length > 0 ? { onlyRules: rules } : {}),
      );
      await Promise.all(deliveries);
      const last = page.at(-1);
      if (this.#isStopped) return;
      if (!last) return this.#save({ ...replay, position, lastEventTime, state: 'COMPLETED', endedAt: Date.now() });
      position = last.position;
      lastEventTime = Date.parse(last.event.time);
      this.#save({ ...replay, position, lastEventTime });
    }
  }

  #save(replay: Replay): void {
    this.#database.prepare('INSERT OR REPLACE INTO replays VALUES (?, ?)').run(replay.name, JSON.stringify(replay));
  }
}
