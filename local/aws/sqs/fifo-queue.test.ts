import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AwsEndpoint } from '../aws-endpoint.ts';
import { openDatabase } from '../sqlite.ts';
import { type QueueDefinition, QueueStore } from './queue-store.ts';
import { SqsApi } from './sqs-api.ts';

const queue = (name: string, changes: Partial<QueueDefinition> = {}): QueueDefinition => ({
  name,
  delay: 0,
  visibilityTimeout: 30_000,
  retention: 3_600_000,
  waitTime: 0,
  maxMessageSize: 1_024,
  ...changes,
});
const fifo = { hasContentDeduplication: false, deduplicatesByGroup: false };
const queues = [
  queue('work.fifo', { fifo, redrive: { queueName: 'dead.fifo', maxReceives: 2 } }),
  queue('dead.fifo', { fifo }),
  queue('content.fifo', { fifo: { ...fifo, hasContentDeduplication: true } }),
  queue('groups.fifo', { fifo: { ...fifo, deduplicatesByGroup: true } }),
  queue('standard', { redrive: { queueName: 'dead', maxReceives: 1 } }),
  queue('dead'),
];

let now = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;
let store: QueueStore;
let aws: AwsEndpoint;
let sqs: SQSClient;
let endpoint: string;

beforeEach(async () => {
  store = new QueueStore(openDatabase(':memory:'), () => now);
  aws = new AwsEndpoint({ services: { sqs: new SqsApi(store, () => queues) }, onDenied: () => {} });
  endpoint = await aws.listen();
  sqs = new SQSClient({ endpoint, region: 'us-east-1', maxAttempts: 1, credentials: aws.operator });
});
afterEach(() => {
  store.close();
  aws.close();
});

const urlOf = (name: string) => `${endpoint}/123456789012/${name}`;
let sent = 0;
const send = (name: string, MessageBody: string, MessageGroupId: string, MessageDeduplicationId = `d${++sent}`) =>
  sqs.send(new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody, MessageGroupId, MessageDeduplicationId }));
async function receive(name: string, MaxNumberOfMessages = 10) {
  const input = { QueueUrl: urlOf(name), MaxNumberOfMessages, MessageSystemAttributeNames: ['All' as const] };
  return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
}
const bodies = async (name: string, max?: number) => (await receive(name, max)).map(({ Body }) => Body);
const remove = (name: string, ReceiptHandle = '') =>
  sqs.send(new DeleteMessageCommand({ QueueUrl: urlOf(name), ReceiptHandle }));

test('messages of a group are received in order of sending', async () => {
  for (let i = 0; i < 10; i++) await send('work.fifo', String(i), 'a');
  expect(await bodies('work.fifo')).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
});

test('while a message of a group is in flight, none of the group is received, but those of others are', async () => {
  for (const [body, group] of [
    ['a1', 'a'],
    ['a2', 'a'],
    ['b1', 'b'],
  ] as const)
    await send('work.fifo', body, group);
  const [first] = await receive('work.fifo', 1);
  expect(first).toMatchObject({
    Body: 'a1',
    Attributes: { MessageGroupId: 'a', SequenceNumber: expect.stringMatching(/^\d{20}$/) },
  });
  expect(await bodies('work.fifo')).toEqual(['b1']);
  await remove('work.fifo', first?.ReceiptHandle);
  expect(await bodies('work.fifo')).toEqual(['a2']);
});

test('a failed message comes before the later ones of its group again', async () => {
  for (const body of ['1', '2', '3']) await send('work.fifo', body, 'a');
  const [, second] = await receive('work.fifo', 2);
  await remove('work.fifo', second?.ReceiptHandle);
  now += 30_001;
  expect(await bodies('work.fifo')).toEqual(['1', '3']);
});

test('a receiver that waits gets the next message of a group when the first is deleted', async () => {
  await send('work.fifo', '1', 'a');
  await send('work.fifo', '2', 'a');
  const [definition] = queues as [QueueDefinition];
  const [first] = await receive('work.fifo', 1);
  const waiting = store.receive(definition, { max: 1, wait: 20_000 });
  await remove('work.fifo', first?.ReceiptHandle);
  expect(await waiting).toMatchObject([{ body: '2' }]);
});

test('a message with the id of one of the last five minutes is accepted, but not delivered', async () => {
  const first = await send('work.fifo', 'one', 'a', 'same');
  const [message] = await receive('work.fifo');
  await remove('work.fifo', message?.ReceiptHandle);
  now += 5 * MINUTE - 1;
  const second = await send('work.fifo', 'two', 'b', 'same');
  expect([second.MessageId, second.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
  expect(await bodies('work.fifo')).toEqual([]);
  now += 1;
  await send('work.fifo', 'three', 'a', 'same');
  expect(await bodies('work.fifo')).toEqual(['three']);
});

test('a deduplication id counts in its group only if the queue says so', async () => {
  await send('groups.fifo', 'one', 'a', 'same');
  await send('groups.fifo', 'two', 'b', 'same');
  await send('groups.fifo', 'three', 'b', 'same');
  expect(await bodies('groups.fifo')).toEqual(['one', 'two']);
});

test('content-based deduplication compares bodies', async () => {
  const input = { QueueUrl: urlOf('content.fifo'), MessageGroupId: 'a' };
  for (const MessageBody of ['one', 'one', 'two']) await sqs.send(new SendMessageCommand({ ...input, MessageBody }));
  expect(await bodies('content.fifo')).toEqual(['one', 'two']);
});

test('a message without its group or deduplication id is refused', async () => {
  const input = { QueueUrl: urlOf('work.fifo'), MessageBody: 'x' };
  await expect(sqs.send(new SendMessageCommand({ ...input, MessageDeduplicationId: 'd' }))).rejects.toThrow(
    'The request must contain the parameter MessageGroupId.',
  );
  await expect(sqs.send(new SendMessageCommand({ ...input, MessageGroupId: 'g' }))).rejects.toThrow(
    'ContentBasedDeduplication enabled or MessageDeduplicationId provided',
  );
  await expect(
    sqs.send(new SendMessageCommand({ ...input, MessageGroupId: 'a b', MessageDeduplicationId: 'd' })),
  ).rejects.toThrow('Value a b for parameter MessageGroupId is invalid.');
});

test('a batch keeps its order; its invalid entries fail alone', async () => {
  const Entries = ['1', '2', '3'].map((Id) => ({
    Id,
    MessageBody: Id,
    MessageGroupId: 'a',
    MessageDeduplicationId: Id,
    ...(Id === '2' && { DelaySeconds: 1 }),
  }));
  const { Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: urlOf('work.fifo'), Entries }));
  expect(Failed).toMatchObject([{ Id: '2', Code: 'InvalidParameterValue' }]);
  expect(await bodies('work.fifo')).toEqual(['1', '3']);
});

test('a message received too often moves to the dead-letter queue, and its group goes on', async () => {
  await send('work.fifo', 'bad', 'a');
  await send('work.fifo', 'good', 'a');
  for (let i = 0; i < 2; i++) {
    expect(await bodies('work.fifo', 1)).toEqual(['bad']);
    now += 30_001;
  }
  expect(await bodies('work.fifo')).toEqual(['good']);
  const [dead] = await receive('dead.fifo');
  expect(dead).toMatchObject({
    Body: 'bad',
    Attributes: {
      MessageGroupId: 'a',
      ApproximateReceiveCount: '1',
      DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:123456789012:work.fifo',
    },
  });
});

test('a standard queue has a dead-letter queue too', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl: urlOf('standard'), MessageBody: 'bad' }));
  expect(await bodies('standard')).toEqual(['bad']);
  now += 30_001;
  expect(await bodies('standard')).toEqual([]);
  expect(await bodies('dead')).toEqual(['bad']);
});

test('the attributes tell that a queue is FIFO, and its dead-letter queue', async () => {
  const input = { QueueUrl: urlOf('work.fifo'), AttributeNames: ['All' as const] };
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand(input));
  expect(Attributes).toMatchObject({
    FifoQueue: 'true',
    ContentBasedDeduplication: 'false',
    DeduplicationScope: 'queue',
  });
  expect(JSON.parse(Attributes.RedrivePolicy ?? '')).toEqual({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead.fifo',
    maxReceiveCount: 2,
  });
});

test('a database of an earlier version keeps its messages', async () => {
  const database = openDatabase(':memory:');
  database.exec(`CREATE TABLE messages (id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
    sentAt INTEGER NOT NULL, visibleAt INTEGER NOT NULL, receiveCount INTEGER NOT NULL DEFAULT 0, firstReceivedAt INTEGER, receipt TEXT)`);
  database
    .prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, 0, NULL, NULL)')
    .run('m', 'dead', 'old', '{}', now, now);
  const old = new QueueStore(database, () => now);
  expect(await old.receive(queue('dead'), { max: 1 })).toMatchObject([{ id: 'm', body: 'old' }]);
});
