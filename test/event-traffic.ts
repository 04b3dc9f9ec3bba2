import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { chunksOf } from '#platform/dynamodb/batch-read.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { eventually } from './eventually.ts';
import type { TestSystem } from './system.ts';
import { TestTable } from './test-table.ts';

const ENTRIES_PER_CALL = 10;

/** Reads and injects events of a running system. */
export class EventTraffic {
  readonly #system: TestSystem;

  constructor(system: TestSystem) {
    this.#system = system;
  }

  /** Returns every item of a service's table. */
  async items(service: string): Promise<Record<string, unknown>[]> {
    return this.table(service).items();
  }

  /** Returns the new events of all outboxes, in order of time. */
  async published(): Promise<DomainEvent[]> {
    const services = this.#system.system.model.tables.map(({ name }) => name.split('-').slice(2).join('-'));
    const events = await Promise.all(services.map((service) => this.table(service).newEvents()));
    return events.flat().sort((a, b) => a.time.localeCompare(b.time));
  }

  /** Puts events on the bus, as publishers do. */
  async put(events: DomainEvent[]): Promise<void> {
    const { model, awsAccess } = this.#system.system;
    const client = new EventBridgeClient(awsAccess);
    for (const chunk of chunksOf(ENTRIES_PER_CALL, events)) {
      const Entries = chunk.map((event) => ({
        EventBusName: model.buses[0]?.name,
        Source: event.source,
        DetailType: event.type,
        Detail: JSON.stringify(event),
      }));
      expect(await client.send(new PutEventsCommand({ Entries }))).toMatchObject({ FailedEntryCount: 0 });
    }
  }

  /** Waits until the logs, from a line on, show each event handled by every consumer whose rule matches it. */
  async handled(events: DomainEvent[], fromLine = 0): Promise<void> {
    const expected = events.flatMap((event) => this.#consumersOf(event).map((name) => ({ name, id: event.id })));
    await eventually(async () => {
      const lines = this.#system.logs.slice(fromLine).filter((line) => line.includes('"event handled"'));
      const missing = expected.filter(
        ({ name, id }) => !lines.some((line) => line.startsWith(name) && line.includes(id)),
      );
      expect(missing).toEqual([]);
    });
  }

  #consumersOf({ source, type, ...detail }: DomainEvent): string[] {
    const event = { source, 'detail-type': type, detail };
    const rules = this.#system.system.model.rules.filter(({ matches }) => matches(event));
    return rules.flatMap(({ targets }) => targets.map(({ functionName }) => functionName));
  }

  /** Returns the table of a service. */
  table(service: string): TestTable {
    const { model, awsAccess } = this.#system.system;
    const table = model.tables.find(({ name }) => name.endsWith(`-${service}`));
    if (!table) throw new Error(`No table of "${service}"`);
    return new TestTable(documentClient(new DynamoDBClient(awsAccess)), table.name);
  }
}
