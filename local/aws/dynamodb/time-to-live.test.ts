import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { requiredEnv } from '#platform/env.ts';
import { TableStreams } from './table-streams.ts';
import { TimeToLive } from './time-to-live.ts';

const endpoint = requiredEnv('TEST_DYNAMODB');
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
const name = `expiring-${randomUUID()}`;
const create = {
  TableName: name,
  KeySchema: [
    { AttributeName: 'id', KeyType: 'HASH' as const },
    { AttributeName: 'part', KeyType: 'RANGE' as const },
  ],
  AttributeDefinitions: ['id', 'part'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  BillingMode: 'PAY_PER_REQUEST' as const,
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' as const },
};
const now = Math.floor(Date.now() / 1_000);
const put = (id: string, expiresAt?: AttributeValue) =>
  client.send(
    new PutItemCommand({ TableName: name, Item: { id: { S: id }, part: { S: 'p' }, ...(expiresAt && { expiresAt }) } }),
  );

test('expired items are deleted and appear in the stream; all others stay', async () => {
  await client.send(new CreateTableCommand(create));
  await put('expired', { N: String(now - 1) });
  await put('not expired', { N: String(now + 1_000) });
  await put('not a number', { S: String(now - 1) });
  await put('no expiry');
  const swept: string[] = [];
  const timeToLive = new TimeToLive({
    endpoint,
    tables: () => [{ name, create, timeToLive: 'expiresAt' }],
    onExpired: (table) => swept.push(table),
  });
  expect(await timeToLive.sweep()).toBe(1);
  expect(await timeToLive.sweep()).toBe(0);
  await timeToLive.stop();

  expect(swept).toEqual([name]);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  expect(Items.map(({ id }) => id?.S).sort()).toEqual(['no expiry', 'not a number', 'not expired']);
  const streams = new TableStreams(endpoint);
  const stream = await streams.streamOf(name);
  if (!stream) throw new Error('no stream');
  const { records } = await streams.read(await streams.iterator(stream, { ShardIteratorType: 'TRIM_HORIZON' }), 10);
  expect(records.at(-1)).toMatchObject({ eventName: 'REMOVE', dynamodb: { Keys: { id: { S: 'expired' } } } });
});
