import type { Plan } from '../plan.ts';
import type { PublishedEvent } from '../published-events.ts';

/** Groups the events by publisher. */
function byPublisher({ events }: Plan): { publisher: string; language: string; events: PublishedEvent[] }[] {
  return [...Map.groupBy(events, ({ publisher }) => publisher)].map(([publisher, of]) => ({
    publisher,
    language: of[0]?.language ?? '',
    events: of,
  }));
}

/** `consumer.ts` */
export function consumer(): string {
  return `import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { countEvents } from './count-events.ts';
import { EventCountStore } from './event-count-store.ts';

const eventCounts = new EventCountStore(documentClient(), requiredEnv('TABLE_NAME'));

export const handler = eventConsumer(...countEvents({ eventCounts, now: systemClock() }));
`;
}

/** `count-events.ts` */
export function countEvents(plan: Plan): string {
  const publishers = byPublisher(plan);
  return `import type { DomainEvent } from '#platform/events/domain-event.ts';
import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
${publishers.map(({ publisher, language }) => `import { ${language} } from '../${publisher}/events.ts';`).join('\n')}
import type { EventCountStore } from './event-count-store.ts';

export interface CountServices {
  eventCounts: EventCountStore;
  now: () => Date;
}

/** Returns subscriptions that count events of other services by type and day. */
export function countEvents({ eventCounts, now }: CountServices): Subscription[] {
  const count = (event: DomainEvent) => eventCounts.count(event, now());
  return [
    ${publishers.map(({ language, events }) => `subscribe(${language}, { ${events.map(({ type }) => `${type}: count`).join(', ')} }),`).join('\n')}
  ];
}
`;
}

/** `event-count-store.ts`: the projection, guarded by the inbox. */
export function eventCountStore(): string {
  return `import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { inboxPut, isDuplicateDelivery } from '#platform/events/inbox.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { TableRef } from '#platform/dynamodb/table-ref.ts';
import { transact } from '#platform/dynamodb/transact.ts';

/** Reads and writes event counts. */
export class EventCountStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: TableRef;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = { name: tableName, partitionKey: 'pk' };
  }

  /** Counts an event for its day (UTC). Repeated deliveries count once. */
  async count(event: DomainEvent, now: Date): Promise<void> {
    const Update = {
      TableName: this.#table.name,
      Key: keyOf(event.type, event.time.slice(0, DAY_LENGTH)),
      UpdateExpression: 'ADD eventCount :one',
      ExpressionAttributeValues: { ':one': 1 },
    };
    try {
      await transact(this.#client, [inboxPut(this.#table, event, now), { Update }]);
    } catch (error) {
      if (!isDuplicateDelivery(error)) throw error;
    }
  }

  /** Returns the number of events of a type on a day (UTC). */
  async of(type: string, day: string): Promise<number> {
    const { Item } = await this.#client.send(new GetCommand({ TableName: this.#table.name, Key: keyOf(type, day) }));
    return Item ? new ItemReader(Item, 'EventCount').number('eventCount') : 0;
  }
}

const DAY_LENGTH = '2026-05-01'.length;
const keyOf = (type: string, day: string) => ({ pk: \`count#\${type}#\${day}\` });
`;
}

/** `count-events.test.ts` */
export function countEventsTest(plan: Plan): string {
  const publishers = byPublisher(plan);
  return `import { log } from '#platform/telemetry/log.ts';
import { testTable } from '../../test/test-table.ts';
${publishers.map(({ publisher, language }) => `import { ${language} } from '../${publisher}/events.ts';`).join('\n')}
import { countEvents } from './count-events.ts';
import { EventCountStore } from './event-count-store.ts';

let eventCounts: EventCountStore;
beforeAll(async () => {
  const { client, name } = await testTable('${plan.name}');
  eventCounts = new EventCountStore(client, name);
});

/** Delivers an event to the subscription for its source, as the consumer does. */
async function deliver(event: { source: string }): Promise<void> {
  const subscriptions = countEvents({ eventCounts, now: () => new Date('2026-05-01T10:00:00Z') });
  await subscriptions.find(({ source }) => source === event.source)?.handle(event, log);
}
${publishers.flatMap(({ language, events }) => events.map((event) => eventTest(language, event))).join('')}`;
}

function eventTest(language: string, { type, sample }: PublishedEvent): string {
  return `
describe('${type}', () => {
  const happened = (day: string) =>
    ${language}.event({
      type: '${type}',
      entityId: 'e1',
      version: 1,
      time: new Date(\`\${day}T09:30:00Z\`),
      requestId: 'r1',
      data: ${JSON.stringify(sample)},
    });

  test('counts once if delivered repeatedly', async () => {
    const event = happened('2026-05-01');
    await deliver(event);
    await Promise.all([deliver(event), deliver(event)]);
    expect(await eventCounts.of('${type}', '2026-05-01')).toBe(1);
  });

  test('counts for the day of its time', async () => {
    await deliver(happened('2026-05-02'));
    await deliver(happened('2026-05-02'));
    expect(await eventCounts.of('${type}', '2026-05-02')).toBe(2);
    expect(await eventCounts.of('${type}', '2026-05-03')).toBe(0);
  });

  test('throws on a malformed event, which Lambda then moves to the dead-letter queue', async () => {
    await expect(deliver({ ...happened('2026-05-04'), time: 4 } as never)).rejects.toThrow('${type}');
    expect(await eventCounts.of('${type}', '2026-05-04')).toBe(0);
  });
});
`;
}
