import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
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
  retention: 60_000,
  waitTime: 0,
  maxMessageSize: 1_024,
  ...changes,
});
const queues = [queue('letters'), queue('others'), queue('short', { retention: 50 })];
const store = new QueueStore(openDatabase(':memory:'));
const aws = new AwsEndpoint({ services: { sqs: new SqsApi(store, () => queues) }, onDenied: () => {} });
let sqs: SQSClient;
let access: { endpoint: string; region: string; maxAttempts: number };
let QueueUrl: string;

beforeAll(async () => {
  access = { endpoint: await aws.listen(), region: 'us-east-1', maxAttempts: 1 };
  sqs = new SQSClient({ ...access, credentials: aws.operator });
  QueueUrl = (await sqs.send(new GetQueueUrlCommand({ QueueName: 'letters' }))).QueueUrl ?? '';
});
beforeEach(() => sqs.send(new PurgeQueueCommand({ QueueUrl })));
afterAll(() => {
  store.close();
  aws.close();
});

const send = (MessageBody: string, more = {}) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
async function receive(options: Partial<ReceiveMessageCommandInput> = {}) {
  return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...options }))).Messages ?? [];
}

test('queues are listed, also by name prefix', async () => {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls.map((url) => url.split('/').pop())).toEqual(['letters', 'others', 'short']);
  const { QueueUrls: some } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'let' }));
  expect(some).toEqual([QueueUrl]);
});

test('a message is received unchanged, with its attributes', async () => {
  const MessageAttributes = {
    Why: { DataType: 'String', StringValue: 'Zoë' },
    Raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
  };
  await send('{"a":"é"}', { MessageAttributes });
  const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
  expect(message).toMatchObject({ Body: '{"a":"é"}', MessageAttributes });
  expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1' });
});

test('attributes are returned only on request', async () => {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  await send('x', { MessageAttributes: { 'a.b': text('1'), c: text('2') } });
  const [message] = await receive({ MessageAttributeNames: ['a.*'], VisibilityTimeout: 0 });
  expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['a.b']);
  expect((await receive())[0]?.MessageAttributes).toBeUndefined();
});

test('a received message is hidden until its visibility timeout, and received again unless it is deleted', async () => {
  await send('one');
  const [first] = await receive({ VisibilityTimeout: 1 });
  expect(await receive()).toEqual([]);
  const [again] = await receive({ WaitTimeSeconds: 5, MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
  expect(again).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 0 }),
  );
  const [last] = await receive();
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: last?.ReceiptHandle }));
  await expect(
    sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: last?.ReceiptHandle, VisibilityTimeout: 0 }),
    ),
  ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
});

test('a waiting receiver gets a message as soon as it is sent', async () => {
  const started = Date.now();
  const waiting = receive({ WaitTimeSeconds: 20 });
  await send('soon');
  expect(await waiting).toMatchObject([{ Body: 'soon' }]);
  expect(Date.now() - started).toBeLessThan(5_000);
});

test('a delayed message cannot be received before its delay ends', async () => {
  await send('later', { DelaySeconds: 1 });
  expect(await receive()).toEqual([]);
  expect(await receive({ WaitTimeSeconds: 5 })).toMatchObject([{ Body: 'later' }]);
});

test('a receive returns at most ten messages, and each message goes to one receiver', async () => {
  for (let i = 0; i < 12; i++) await send(String(i));
  const received = await Promise.all([receive({ MaxNumberOfMessages: 10 }), receive({ MaxNumberOfMessages: 10 })]);
  expect(
    received
      .flat()
      .map(({ Body }) => Number(Body))
      .sort((a, b) => a - b),
  ).toEqual([...Array(12).keys()]);
  expect(received.map(({ length }) => length).sort()).toEqual([10, 2]);
});

test('a batch reports the error of each failed entry', async () => {
  const Entries = [
    { Id: 'a', MessageBody: 'fine' },
    { Id: 'b', MessageBody: 'x'.repeat(2_000) },
    { Id: 'c', MessageBody: 'bad \u0000' },
  ];
  const { Successful, Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(Successful).toMatchObject([{ Id: 'a' }]);
  expect(Failed).toMatchObject([
    { Id: 'b', Code: 'InvalidParameterValue', SenderFault: true },
    { Id: 'c', Code: 'InvalidMessageContents', SenderFault: true },
  ]);
  const [message] = await receive();
  const Deleted = [{ Id: 'd', ReceiptHandle: message?.ReceiptHandle }];
  expect(await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: Deleted }))).toMatchObject({
    Successful: [{ Id: 'd' }],
    Failed: [],
  });
});

test('a queue reports its message counts', async () => {
  for (const body of ['a', 'b', 'c']) await send(body);
  await send('d', { DelaySeconds: 60 });
  await receive();
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '2',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
    QueueArn: 'arn:aws:sqs:us-east-1:123456789012:letters',
  });
});

test("a message is deleted after the queue's retention period", async () => {
  const short = QueueUrl.replace('letters', 'short');
  await sqs.send(new SendMessageCommand({ QueueUrl: short, MessageBody: 'old' }));
  const counts = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: short, AttributeNames: ['All'] }))).Attributes;
  while ((await counts())?.ApproximateNumberOfMessages !== '0') await new Promise(setImmediate);
  expect(await receive({ QueueUrl: short })).toEqual([]);
});

test.each<[string, () => Promise<unknown>, string]>([
  ['an unknown queue', () => sqs.send(new GetQueueUrlCommand({ QueueName: 'none' })), 'QueueDoesNotExist'],
  ['an unknown URL', () => receive({ QueueUrl: `${QueueUrl}x` }), 'QueueDoesNotExist'],
  ['an empty message', () => send(''), 'MissingParameter'],
  ['too many messages', () => receive({ MaxNumberOfMessages: 11 }), 'InvalidParameterValue'],
  ['too long a wait', () => receive({ WaitTimeSeconds: 21 }), 'InvalidParameterValue'],
  ['an empty batch', () => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] })), 'EmptyBatchRequest'],
  [
    'the same id twice',
    () =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [1, 2].map(() => ({ Id: 'a', MessageBody: 'x' })) })),
    'BatchEntryIdsNotDistinct',
  ],
])('%s is refused', async (_, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
});

describe('a function', () => {
  const client = () => new SQSClient({ ...access, credentials: aws.credentialsOf('f') });

  test('may send only to the queue that its role allows', async () => {
    aws.setPolicies('f', [
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:123456789012:letters' },
    ]);
    const others = QueueUrl.replace('letters', 'others');
    const entry = { Id: 'a', MessageBody: 'x' };
    await client().send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await client().send(new SendMessageBatchCommand({ QueueUrl, Entries: [entry] }));
    await expect(client().send(new SendMessageCommand({ QueueUrl: others, MessageBody: 'x' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(client().send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
