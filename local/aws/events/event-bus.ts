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
  /** Milliseconds; Infinity for without end. */
  retention: number;
}

/** A function that a rule leads to. */
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

/** Where an event goes, and of which trace it is. */
export interface Delivery {
  target: RuleTarget;
  rule: RuleDefinition;
  /** In the X-Ray format. */
  traceHeader: string | undefined;
}

/** What the buses are made of; read anew for each event, so that a change of the infrastructure counts at once. */
export interface EventBusesOptions {
  database: DatabaseSync;
  buses: () => BusDefinition[];
  rules: () => RuleDefinition[];
  archives: () => ArchiveDefinition[];
  /** Hands an event to a target; the promise is kept when the target is done with it. */
  deliver: (event: BusEvent, to: Delivery) => Promise<void>;
}

interface DispatchOptions {
  onlyRules?: string[];
  traceHeader?: string | undefined;
}

/** EventBridge's buses: an event goes to every target of every rule that it matches, and into the archives. */
export class EventBuses {
  readonly archive: EventArchive;
  readonly #options: EventBusesOptions;

  constructor(options: EventBusesOptions) {
    this.#options = options;
    this.archive = new EventArchive(options.database);
  }

  /** A bus by its name or ARN. */
  find(nameOrArn: string): BusDefinition | undefined {
    return this.#options.buses().find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
  }

  /** An archive by its name or ARN. */
  findArchive(nameOrArn: string): ArchiveDefinition | undefined {
    return this.#options.archives().find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
  }

  /** Lets go of events that are older than their archive keeps them. */
  expireArchives(): void {
    for (const { name, retention } of this.#options.archives()) this.archive.expire(name, Date.now() - retention);
  }

  /** Takes an event. It is on disk, in the archives and before each target, when this returns: all of it, or nothing. */
  put(busName: string, event: BusEvent, traceHeader?: string): void {
    const { database, archives } = this.#options;
    database.exec('BEGIN');
    try {
      for (const { name, busName: of, matches } of archives())
        if (of === busName && matches(event)) this.archive.add(name, event);
      void this.dispatch(busName, event, { traceHeader });
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Hands an event to the targets of the rules that it matches; only of some rules, if they are named by their ARN. The
   * promise is kept when all are done with it.
   */
  dispatch(busName: string, event: BusEvent, { onlyRules, traceHeader }: DispatchOptions = {}): Promise<unknown> {
    const deliveries = this.#options
      .rules()
      .filter((rule) => rule.busName === busName && (!onlyRules || onlyRules.includes(rule.arn)) && rule.matches(event))
      .flatMap((rule) => rule.targets.map((target) => this.#options.deliver(event, { target, rule, traceHeader })));
    return Promise.all(deliveries);
  }
}
