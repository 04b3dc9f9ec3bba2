import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { LocalTable } from '../assembly/model.ts';

/** Makes the tables as they are declared: creates what is missing, adds new indexes and streams; a changed key is an error. */
export async function ensureTables(client: DynamoDBClient, tables: LocalTable[]): Promise<void> {
  for (const table of tables) {
    const existing = await describe(client, table.name);
    if (existing) await update(client, table, existing);
    else await create(client, table);
  }
}

async function create(client: DynamoDBClient, { name, create: declared, timeToLive }: LocalTable): Promise<void> {
  await client.send(new CreateTableCommand(declared));
  if (!timeToLive) return;
  const TimeToLiveSpecification = { AttributeName: timeToLive, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
}

async function update(
  client: DynamoDBClient,
  { name, create: declared }: LocalTable,
  existing: TableDescription,
): Promise<void> {
  if (JSON.stringify(keysOf(declared)) !== JSON.stringify(keysOf(existing))) {
    throw new Error(
      `The key of table ${name} has changed, and a table's key cannot: start with --fresh to make it anew.`,
    );
  }
  const { StreamSpecification } = declared;
  if (StreamSpecification && !existing.StreamSpecification?.StreamEnabled)
    await client.send(new UpdateTableCommand({ TableName: name, StreamSpecification }));
  const there = new Set(existing.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const Create of declared.GlobalSecondaryIndexes ?? []) {
    if (there.has(Create.IndexName)) continue;
    const { AttributeDefinitions } = declared;
    await client.send(
      new UpdateTableCommand({ TableName: name, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] }),
    );
  }
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function keysOf({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>): string[] {
  return KeySchema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).sort();
}
