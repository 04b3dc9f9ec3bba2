import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { ROOT } from '../build/discover.ts';
import { LocalSystem } from '../local/system.ts';
import { eventResources, writeAssembly } from './event-assembly.ts';

/** How `test/functions/consumer.cjs` handles an event. */
export type Behaviour = 'fails' | 'fails-once' | 'crashes-before' | 'crashes-after';

/** System of one publisher and one consumer, which counts each event. It can be restarted with its data. */
export class EventSystem {
  readonly logs: string[] = [];
  readonly #assembly = writeAssembly(eventResources());
  /** Inside the project, so that functions, which run from copies in it, find packages. */
  readonly #data = mkdtempSync(join(dataFolder(), 'events-'));
  #running: LocalSystem | undefined;
  #tables = new DynamoDBClient({});

  async start(): Promise<void> {
    const onLog = (name: string, line: string) => this.logs.push(`${name} ${line}`);
    const options = { assembly: this.#assembly, data: this.#data, explorer: this.#data, port: 0, onLog };
    this.#running = await LocalSystem.start(options);
    this.#tables = new DynamoDBClient(this.#running.awsAccess);
  }

  async stop(): Promise<void> {
    await this.#running?.close();
  }

  async remove(): Promise<void> {
    await this.stop();
    for (const directory of [this.#assembly, this.#data]) rmSync(directory, { recursive: true });
  }

  get system(): LocalSystem {
    if (!this.#running) throw new Error('Not started');
    return this.#running;
  }

  /** Stores events in the outbox of the table `notes`, all in one transaction. */
  async publish(...ids: [id: string, how?: Behaviour][]): Promise<void> {
    const TransactItems = ids.map(([id, how]) => ({ Put: noteItem(id, JSON.stringify(noteTaken(id, how))) }));
    await this.#tables.send(new TransactWriteItemsCommand({ TransactItems }));
  }

  /** Stores an item in the table `notes`, with or without an event. */
  async putNote(id: string, outbox?: string): Promise<void> {
    await this.#tables.send(new PutItemCommand(noteItem(id, outbox)));
  }

  /** Returns how often the consumer has recorded an event. */
  async timesSeen(id: string): Promise<number> {
    const { Item } = await this.#tables.send(
      new GetItemCommand({ TableName: 'seen', Key: { id: { S: `seen#${id}` } } }),
    );
    return Number(Item?.deliveries?.N ?? 0);
  }

  /** Waits until the consumer has recorded all of these events. */
  async untilSeen(...ids: string[]): Promise<void> {
    await until(async () => (await Promise.all(ids.map((id) => this.timesSeen(id)))).every((times) => times > 0));
  }
}

/** Waits for a condition, without a time limit of its own. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await delay(10);
}

/** Returns an event in the form of the outbox. */
export function noteTaken(id: string, how?: Behaviour) {
  const time = new Date().toISOString();
  return { id, type: 'NoteTaken', source: 'notes', entityId: id, version: 1, time, requestId: 'r', data: { how } };
}

function noteItem(id: string, outbox?: string) {
  return { TableName: 'notes', Item: { id: { S: `event#${id}` }, ...(outbox && { outbox: { S: outbox } }) } };
}

function dataFolder(): string {
  const folder = join(ROOT, '.data');
  mkdirSync(folder, { recursive: true });
  return folder;
}
