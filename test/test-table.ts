import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { OUTBOX } from '#platform/events/outbox.ts';
import { outputsOf } from '../build/build.ts';
import { ROOT } from '../build/discover.ts';
import { systemModel } from '../local/assembly/system-model.ts';

/** What the assembly leaves to the running system, and what no table needs. */
const NOWHERE = { 'AWS::Cognito::UserPool': { ProviderURL: () => 'http://localhost' } };

/** Makes a new, empty table just as the infrastructure declares the one of a service of a graph: the project's, or that at a root. */
export async function testTable(service: string, root = ROOT): Promise<TestTable> {
  const declared = systemModel(outputsOf(root).assembly, NOWHERE).tables.find(({ name }) =>
    name.endsWith(`-${service}`),
  );
  if (!declared) throw new Error(`The cloud assembly has no table of ${service}`);
  // Nobody reads its stream, which would slow the emulator down.
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

/** A table of one test, and what a test may do to it. */
export class TestTable {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  readonly #seen = new Set<unknown>();

  constructor(client: DynamoDBDocumentClient, name: string) {
    this.client = client;
    this.name = name;
  }

  /** Every item. */
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

  /** The events in the outbox that were not asked for before, in order of time. */
  async newEvents(): Promise<DomainEvent[]> {
    const events = (await this.items()).flatMap((item) => (item[OUTBOX] ? [JSON.parse(String(item[OUTBOX]))] : []));
    const fresh = events.filter(({ id }) => !this.#seen.has(id));
    for (const { id } of fresh) this.#seen.add(id);
    return fresh.sort((a, b) => a.time.localeCompare(b.time) || a.version - b.version);
  }

  /** Makes the next transactions fail, each with its error, before or after they are written. */
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

/** What DynamoDB says of a transaction that met another at the same item. The emulator has no such meetings. */
export function conflict(...codes: string[]): TransactionCanceledException {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}
