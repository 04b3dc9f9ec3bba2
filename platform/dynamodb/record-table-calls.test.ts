import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { requiredEnv } from '../env.ts';
import { newId } from '../new-id.ts';
import type { TableCall } from '../telemetry/explanation.ts';
import { extensibleClient } from './client-extension.ts';
import { documentClient } from './document-client.ts';
import { recordTableCalls, type TableRecord } from './record-table-calls.ts';

const TableName = `recorded-${newId()}`;
const INDEX = 'by-group';
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  const low = new DynamoDBClient({
    endpoint: requiredEnv('TEST_DYNAMODB'),
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  client = documentClient(extensibleClient(low));
  await low.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['id', 'group'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: INDEX,
          KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  for (const Item of [{ id: 'small' }, { id: 'grouped', group: 'g' }, { id: 'large', text: LARGE }])
    await client.send(new PutCommand({ TableName, Item }));
});

/** Text of an item that takes two units to read consistently and five to write. */
const LARGE = 'x'.repeat(4_500);

/** Runs work; returns what is recorded. */
async function recorded(work: () => Promise<unknown>): Promise<TableRecord> {
  const record: TableRecord = { began: 0, tables: [], events: [] };
  await recordTableCalls(record, work).catch(() => undefined);
  return record;
}

const small = { TableName, Key: { id: 'small' } };
const keys = (...ids: string[]) => ids.map((id) => ({ id }));
const read = (units: number, items: number) => ({ readUnits: units, writeUnits: 0, items });
const write = (units: number, items: number) => ({ readUnits: 0, writeUnits: units, items });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html */
test.each<[string, () => Promise<unknown>, Partial<TableCall>]>([
  ['GetItem', () => client.send(new GetCommand(small)), read(0.5, 1)],
  ['GetItem', () => client.send(new GetCommand({ ...small, ConsistentRead: true })), read(1, 1)],
  ['GetItem', () => client.send(new GetCommand({ TableName, Key: { id: 'none' } })), read(0.5, 0)],
  [
    'BatchGetItem',
    () => client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys('small', 'large', 'none') } } })),
    read(2, 2),
  ],
  ['TransactGetItems', () => client.send(new TransactGetCommand({ TransactItems: [{ Get: small }] })), read(2, 1)],
  [
    'Query',
    () =>
      client.send(
        new QueryCommand({
          TableName,
          IndexName: INDEX,
          KeyConditionExpression: '#group = :group',
          ExpressionAttributeNames: { '#group': 'group' },
          ExpressionAttributeValues: { ':group': 'g' },
        }),
      ),
    { ...read(0.5, 1), index: INDEX },
  ],
  ['PutItem', () => client.send(new PutCommand({ TableName, Item: { id: 'large', text: LARGE } })), write(5, 1)],
  ['PutItem', () => client.send(new PutCommand({ TableName, Item: { id: 'new', group: 'other' } })), write(2, 1)],
  [
    'UpdateItem',
    () =>
      client.send(
        new UpdateCommand({ ...small, UpdateExpression: 'SET seen = :s', ExpressionAttributeValues: { ':s': 1 } }),
      ),
    write(1, 1),
  ],
  ['DeleteItem', () => client.send(new DeleteCommand({ TableName, Key: { id: 'none' } })), write(1, 1)],
  [
    'BatchWriteItem',
    () =>
      client.send(
        new BatchWriteCommand({
          RequestItems: { [TableName]: keys('a', 'b').map((Item) => ({ PutRequest: { Item } })) },
        }),
      ),
    write(2, 2),
  ],
  [
    'TransactWriteItems',
    () =>
      client.send(
        new TransactWriteCommand({ TransactItems: keys('c', 'd').map((Item) => ({ Put: { TableName, Item } })) }),
      ),
    write(4, 2),
  ],
  [
    'PutItem',
    () =>
      client.send(
        new PutCommand({ TableName, Item: { id: 'small' }, ConditionExpression: 'attribute_not_exists(id)' }),
      ),
    { ...write(0, 0), error: 'ConditionalCheckFailedException' },
  ],
])('%s is recorded with its capacity units and items', async (action, send, expected) => {
  const { tables } = await recorded(send);
  expect(tables).toEqual([expect.objectContaining({ table: TableName, action, ...expected })]);
});

test('events are recorded if they are written', async () => {
  const put = (id: string) => {
    const Item = { id, outbox: JSON.stringify({ type: 'ThingHappened' }) };
    return { TableName, Item, ConditionExpression: 'attribute_not_exists(id)' };
  };
  const writing = () => client.send(new TransactWriteCommand({ TransactItems: [{ Put: put('event') }] }));
  expect((await recorded(writing)).events).toEqual(['ThingHappened']);
  expect((await recorded(writing)).events).toEqual([]);
});

test('concurrent invocations and other requests are not recorded', async () => {
  await recorded(async () => undefined);
  const get = () => client.send(new GetCommand(small));
  const [first, second, response] = await Promise.all([
    recorded(get),
    recorded(async () => [await get(), await get()]),
    get(),
  ]);
  expect([first.tables.length, second.tables.length]).toEqual([1, 2]);
  expect(response).not.toHaveProperty('ConsumedCapacity');
});
