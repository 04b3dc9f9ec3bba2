import {
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { requiredEnv } from '#platform/env.ts';
import { ensureTables } from './tables.ts';

const client = new DynamoDBClient({
  endpoint: requiredEnv('TEST_DYNAMODB'),
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
let count = 0;
let name: string;
beforeEach(() => {
  name = `tables-${process.pid}-${++count}`;
});

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const hash = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' as const }];

/** Creates or updates the table with the given indexes. */
function ensure({ indexes = {}, key = 'id', timeToLive }: Declaration = {}): Promise<void> {
  const create: CreateTableCommandInput = {
    TableName: name,
    KeySchema: hash(key),
    AttributeDefinitions: [...new Set([key, ...Object.values(indexes)])].map(string),
    ...(Object.keys(indexes).length > 0 && {
      GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, attribute]) => ({
        IndexName,
        KeySchema: hash(attribute),
        Projection: { ProjectionType: 'ALL' as const },
      })),
    }),
    BillingMode: 'PAY_PER_REQUEST',
  };
  return ensureTables(client, [{ name, create, ...(timeToLive && { timeToLive }) }]);
}

interface Declaration {
  /** Hash key attribute by index name. */
  indexes?: Record<string, string>;
  key?: string;
  timeToLive?: string;
}

async function indexNames() {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  return (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName).sort();
}

async function timeToLive() {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  return TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED' ? TimeToLiveDescription.AttributeName : undefined;
}

test('an existing table keeps its items', async () => {
  await ensure();
  await client.send(new PutItemCommand({ TableName: name, Item: { id: { S: '1' } } }));
  await ensure();
  expect((await client.send(new GetItemCommand({ TableName: name, Key: { id: { S: '1' } } }))).Item).toBeDefined();
});

test('new indexes are added and contain existing items; old ones are removed', async () => {
  await ensure({ indexes: { 'by-old': 'old' } });
  await client.send(new PutItemCommand({ TableName: name, Item: { id: { S: '1' }, a: { S: 'x' } } }));
  await ensure({ indexes: { 'by-a': 'a', 'by-b': 'b' } });
  expect(await indexNames()).toEqual(['by-a', 'by-b']);
  const { Items } = await client.send(
    new QueryCommand({
      TableName: name,
      IndexName: 'by-a',
      KeyConditionExpression: 'a = :a',
      ExpressionAttributeValues: { ':a': { S: 'x' } },
    }),
  );
  expect(Items).toHaveLength(1);
});

test('the time to live is set, changed and removed', async () => {
  await ensure({ timeToLive: 'until' });
  expect(await timeToLive()).toBe('until');
  await ensure({ timeToLive: 'end' });
  expect(await timeToLive()).toBe('end');
  await ensure();
  expect(await timeToLive()).toBeUndefined();
});

test('a changed key fails with an error that names it, and changes nothing', async () => {
  await ensure({ indexes: { 'by-a': 'a' } });
  await expect(ensure({ key: 'other' })).rejects.toThrow(`The key of table ${name} has changed`);
  await expect(ensure({ indexes: { 'by-a': 'b' } })).rejects.toThrow(
    `The key of index by-a of table ${name} has changed, which DynamoDB cannot update. Start with --fresh to delete all data.`,
  );
  expect(await indexNames()).toEqual(['by-a']);
});
