import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { OUTBOX } from '#platform/events/outbox.ts';
import { outputsOf } from '../build/build.ts';
import { ROOT } from '../build/discover.ts';
import { readSystemModel } from '../local/assembly/read-system-model.ts';

/** Attributes of resources that only a running system has; tables do not depend on them. */
const UNRESOLVED_ATTRIBUTES = { 'AWS::Cognito::UserPool': { ProviderURL: () => 'http://localhost' } };

/** Creates an empty table with the keys and indexes that the cloud assembly of a graph declares for a service. */
export async function testTable(service: string, root = ROOT): Promise<TestTable> {
  const declared = readSystemModel(outputsOf(root).assembly, UNRESOLVED_ATTRIBUTES).tables.find(({ name }) =>
    name.endsWith(`-${service}`),
  );
  if (!declared) throw new Error(`The cloud assembly has no table for "${service}"`);
  // Without its stream, which no test reads and which slows the emulator down.
  const { StreamSpecification: _, ...create } = declared.create;
  const client = new DynamoDBClient({
    endpoint: requiredEnv('TEST_DYNAMODB'),
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const name = `${service}-${randomUUID()}`;
  await client.send(new CreateTableCommand({ ...create, TableName: name }));
  return new TestTable(documentClient(client), name);
}

/** Table of one test. */
export class TestTable {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  readonly #seen = new Set<unknown>();

  constructor(client: DynamoDBDocumentClient, name: string) {
    this.client = client;
    this.name = name;
  }

  /** Returns every item. */
  async items(): Promise<Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.client.send(new ScanCommand({ TableName: this.name, ExclusiveStartKey: from }));
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  /** Returns the events in the outbox that no earlier call returned, in order of time. */
  async newEvents(): Promise<DomainEvent[]> {
    const events = (await this.items()).flatMap((item) => (item[OUTBOX] ? [JSON.parse(String(item[OUTBOX]))] : []));
    const fresh = events.filter(({ id }) => !this.#seen.has(id));
    for (const { id } of fresh) this.#seen.add(id);
    return fresh.sort((a, b) => a.time.localeCompare(b.time) || a.version - b.version);
  }

  /** Makes the next transactions fail with these errors, one each, before or after their write. */
  failTransactions(when: 'before' | 'after', ...errors: Error[]): void {
    this.client.middlewareStack.add(
      (next, context) => async (args) => {
        const error = context.commandName === 'TransactWriteItemsCommand' ? errors.shift() : undefined;
        if (error && when === 'before') throw error;
        const result = await next(args);
        if (error) throw error;
        return result;
      },
      { step: 'initialize', priority: 'high' },
    );
  }
}

/** Returns DynamoDB's error for conflicting transactions, which the emulator never throws. */
export function conflict(...codes: string[]): TransactionCanceledException {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}
