import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndexUpdate,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { LocalTable } from '../../assembly/model.ts';

type Keyed = Pick<TableDescription, 'KeySchema'>;

/**
 * Creates missing tables and updates existing ones: adds and removes indexes, adds streams, sets the time to live. Throws an
 * error for a changed key, which DynamoDB cannot update.
 */
export async function ensureTables(client: DynamoDBClient, tables: LocalTable[]): Promise<void> {
  for (const table of tables) {
    const existing = await describe(client, table.name);
    if (existing) {
      await updateIndexes(client, table, existing);
      await addStream(client, table, existing);
    } else await client.send(new CreateTableCommand(table.create));
    await setTimeToLive(client, table);
  }
}

async function updateIndexes(client: DynamoDBClient, table: LocalTable, existing: TableDescription): Promise<void> {
  const { name, create } = table;
  refuseChangedKey(`table ${name}`, create, existing);
  const declared = new Map(create.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index]));
  const current = new Map(existing.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index]));
  const updates: GlobalSecondaryIndexUpdate[] = [];
  for (const [IndexName, index] of current) {
    const declaration = declared.get(IndexName);
    if (declaration) refuseChangedKey(`index ${IndexName} of table ${name}`, declaration, index);
    else updates.push({ Delete: { IndexName } });
  }
  for (const [IndexName, Create] of declared) if (!current.has(IndexName)) updates.push({ Create });
  for (const update of updates) await updateIndex(client, table, update);
}

async function addStream(client: DynamoDBClient, table: LocalTable, existing: TableDescription): Promise<void> {
  const { StreamSpecification } = table.create;
  if (!StreamSpecification || existing.StreamSpecification?.StreamEnabled) return;
  await client.send(new UpdateTableCommand({ TableName: table.name, StreamSpecification }));
}

/** Applies one index update and waits for it: DynamoDB accepts one per call. */
async function updateIndex(
  client: DynamoDBClient,
  { name, create: { AttributeDefinitions } }: LocalTable,
  update: GlobalSecondaryIndexUpdate,
): Promise<void> {
  const GlobalSecondaryIndexUpdates = [update];
  await client.send(new UpdateTableCommand({ TableName: name, AttributeDefinitions, GlobalSecondaryIndexUpdates }));
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName: name });
}

function refuseChangedKey(label: string, declared: Keyed, existing: Keyed): void {
  if (JSON.stringify(keysOf(declared)) === JSON.stringify(keysOf(existing))) return;
  throw new Error(
    `The key of ${label} has changed, which DynamoDB cannot update. Start with --fresh to delete all data.`,
  );
}

async function setTimeToLive(client: DynamoDBClient, { name, timeToLive }: LocalTable): Promise<void> {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  const { TimeToLiveStatus = 'DISABLED', AttributeName } = TimeToLiveDescription ?? {};
  const current = TimeToLiveStatus === 'ENABLED' ? AttributeName : undefined;
  if (current === timeToLive) return;
  const set = (attribute: string, Enabled: boolean) => {
    const TimeToLiveSpecification = { AttributeName: attribute, Enabled };
    return client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  };
  if (current) await set(current, false);
  if (timeToLive) await set(timeToLive, true);
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function keysOf({ KeySchema = [] }: Keyed): string[] {
  return KeySchema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).sort();
}
