import type { DatabaseSync } from 'node:sqlite';
import type { BusEvent } from './bus-event.ts';
import { EventArchive } from './event-archive.ts';
import type { EventPattern } from './event-pattern.ts';

export interface BusDefinition {
  name: string;
  arn: string;
}

export interface ArchiveDefinition {
  name: string;
  arn: string;
  busName: string;
  matches: EventPattern;
  /** Milliseconds; Infinity for unlimited. */
  retention: number;
}

/** A function that a rule targets. */
export interface RuleTarget {
  arn: string;
  functionName: string;
  qualifier: string;
  /** Name of the queue for events that cannot be delivered. */
  deadLetterQueue: string | undefined;
}

export interface RuleDefinition {
  name: string;
  arn: string;
  busName: string;
  matches: EventPattern;
  targets: RuleTarget[];
}

/** Target, rule and trace of an event's delivery. */
export interface Delivery {
  target: RuleTarget;
  rule: RuleDefinition;
  /** In the X-Ray format. */
  traceHeader: string | undefined;
}

/** Settings of the buses. The functions are called for each event, so changed infrastructure applies immediately. */
export interface EventBusesOptions {
  database: DatabaseSync;
  buses: () => BusDefinition[];
  rules: () => RuleDefinition[];
  archives: () => ArchiveDefinition[];
  /** Delivers an event to a target; resolves when the event is handled or has failed. */
  deliver: (event: BusEvent, to: Delivery) => Promise<void>;
}

interface DispatchOptions {
  onlyRules?: string[];
  traceHeader?: string | undefined;
}

/** Event buses: archive events and deliver them to the targets of matching rules. */
export class EventBuses {
  readonly archive: EventArchive;
  readonly #options: EventBusesOptions;

  constructor(options: EventBusesOptions) {
    this.#options = options;
    this.archive = new EventArchive(options.database);
  }

  /** Returns a bus by name or ARN. */
  find(nameOrArn: string): BusDefinition | undefined {
    return this.#options.buses().find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
  }

  /** Returns an archive by name or ARN. */
  findArchive(nameOrArn: string): ArchiveDefinition | undefined {
    return this.#options.archives().find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
  }

  /** Deletes archived events past their retention period. */
  expireArchives(): void {
    for (const { name, retention } of this.#options.archives()) this.archive.expire(name, Date.now() - retention);
  }

  /** Accepts an event. Writes it to the archives and the targets' queues in one transaction. */
  put(busName: string, event: BusEvent, traceHeader?: string): void {
    const { database, archives } = this.#options;
    database.exec('BEGIN');
    try {
      for (const archive of archives())
        if (archive.busName === busName && archive.matches(event)) this.archive.add(archive.name, event);
      void this.dispatch(busName, event, { traceHeader });
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Delivers an event to the targets of matching rules, or only of those with an ARN in `onlyRules`. Resolves when all
   * targets have handled it or failed.
   */
  dispatch(busName: string, event: BusEvent, { onlyRules, traceHeader }: DispatchOptions = {}): Promise<unknown> {
    const deliveries = this.#options
      .rules()
      .filter((rule) => rule.busName === busName && (!onlyRules || onlyRules.includes(rule.arn)) && rule.matches(event))
      .flatMap((rule) => rule.targets.map((target) => this.#options.deliver(event, { target, rule, traceHeader })));
    return Promise.all(deliveries);
  }
}
