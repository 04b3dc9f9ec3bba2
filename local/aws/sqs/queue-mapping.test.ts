import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../test/eventually.ts';
import { TestLambda } from '../../../test/lambda.ts';
import { eventPattern } from '../events/event-pattern.ts';
import { InvocationRefused } from '../lambda/lambda-service.ts';
import { QueueMapping, type QueueMappingDefinition } from '../lambda/queue-mapping.ts';
import { openDatabase } from '../sqlite.ts';
import { type QueueDefinition, QueueStore } from './queue-store.ts';

/** Event source mappings of queues, with functions under AWS's runtime client. */

const directory = mkdtempSync(join(tmpdir(), 'queues-'));
const lambda = new TestLambda();
const store = new QueueStore(openDatabase(':memory:'));
const started: QueueMapping[] = [];

afterEach(() => Promise.all(started.splice(0).map((mapping) => mapping.stop())));
afterAll(async () => {
  store.close();
  await lambda.service.close();
  rmSync(directory, { recursive: true });
});

/** Defines a queue, and its dead-letter queue. */
function newQueue(changes: Partial<QueueDefinition> = {}) {
  const name = randomUUID();
  const dead = { name: `${name}-dlq`, delay: 0, retention: 600_000, waitTime: 0, maxMessageSize: 10_000 };
  const redrive = { queueName: dead.name, maxReceives: 2 };
  const work = { ...dead, name, redrive, visibilityTimeout: 60_000, ...changes };
  return { work, dead: { ...dead, visibilityTimeout: 60_000 } };
}

interface Start {
  handler?: string;
  mapping?: Partial<QueueMappingDefinition>;
  mayReceive?: boolean;
  reservedConcurrency?: number;
}

/** Starts a mapping from a queue to a function; returns it and the function's name. */
function start(
  queue: QueueDefinition,
  { handler = 'queue.handle', mapping = {}, mayReceive = true, ...rest }: Start = {},
) {
  const functionName = lambda.put(handler, rest);
  const definition = {
    functionName,
    qualifier: 'live',
    queueName: queue.name,
    batchSize: 10,
    window: 0,
    maxConcurrency: undefined,
    reportsFailures: true,
    filters: [],
    ...mapping,
  };
  const running = new QueueMapping({
    definition,
    queues: store,
    queue: () => queue,
    mayReceive: () => mayReceive,
    invoke: async (payload) => {
      try {
        return await lambda.service.invoke(functionName, payload, { qualifier: 'live' });
      } catch (error) {
        if (error instanceof InvocationRefused && error.status === 429) return undefined;
        throw error;
      }
    },
    onError: (message) => lambda.lines.push(`${functionName} ${message}`),
  });
  running.start();
  started.push(running);
  return { functionName, stop: () => running.stop() };
}

interface Body {
  name: string;
  fails?: boolean;
  throws?: boolean;
  waitsFor?: string;
}

const send = (queue: QueueDefinition, body: Body, groupId?: string) =>
  store.send(queue, {
    body: JSON.stringify(body),
    ...(groupId && { fifo: { groupId, deduplicationId: randomUUID() } }),
  });

/** Returns what a function printed. */
const printed = (functionName: string) =>
  lambda.lines
    .filter((line) => line.startsWith(`${functionName} {`))
    .map((line) => JSON.parse(line.slice(functionName.length + 1)).message as unknown)
    .filter((message) => typeof message === 'string');

/** Returns the lines that a function printed about the messages. */
const linesOf = (functionName: string) => printed(functionName).filter((line) => /^(begins|fails|handles) /.test(line));

const isEmpty = (queue: QueueDefinition) =>
  eventually(async () => expect(store.counts(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 }));

test('a function gets messages in batches, in the format of Lambda; handled ones are deleted', async () => {
  const { work } = newQueue();
  const attributes = { Why: { DataType: 'String', StringValue: 'x' } };
  const { id } = store.send(work, { body: '{"a":1}', attributes });
  store.send(work, { body: 'text' });
  const { functionName } = start(work, { handler: 'queue.echo' });
  await isEmpty(work);
  const [event = ''] = printed(functionName).filter((line) => line.includes('"Records"'));
  expect(JSON.parse(event).Records).toMatchObject([
    {
      messageId: id,
      receiptHandle: expect.any(String),
      body: '{"a":1}',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: '123456789012',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: { Why: { stringValue: 'x', stringListValues: [], binaryListValues: [], dataType: 'String' } },
      md5OfBody: 'bb6cb5c68df4652941caf652a366f2d8',
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${work.name}`,
      awsRegion: 'us-east-1',
    },
    { body: 'text' },
  ]);
});

test('a reported message alone comes again after the visibility timeout, and ends in the dead-letter queue', async () => {
  const { work, dead } = newQueue({ visibilityTimeout: 2_000 });
  for (const body of [{ name: 'a' }, { name: 'b', fails: true }, { name: 'c' }]) send(work, body);
  const { functionName } = start(work);
  await eventually(async () => expect(store.counts(dead).visible).toBe(1));
  await isEmpty(work);
  expect(linesOf(functionName).filter((line) => !line.startsWith('begins'))).toEqual([
    'handles a receive 1 of 3',
    'fails b receive 1 of 3',
    'handles c receive 1 of 3',
    'fails b receive 2 of 1',
  ]);
  expect(await store.receive(dead, { max: 10 })).toMatchObject([
    { sourceQueue: work.name, body: expect.stringContaining('"b"') },
  ]);
});

test.each([
  ['that throws fails', 'queue.handle', { name: 'x', throws: true }],
  ['that reports an unknown message fails', 'queue.unknownFailure', { name: 'x' }],
])('a function %s the whole batch', async (_, handler, body) => {
  const { work, dead } = newQueue({ visibilityTimeout: 2_000 });
  send(work, body);
  send(work, { name: 'y' });
  start(work, { handler });
  await eventually(async () => expect(store.counts(dead).visible).toBe(2));
  await isEmpty(work);
});

test('without ReportBatchItemFailures, a report is ignored', async () => {
  const { work, dead } = newQueue({ visibilityTimeout: 2_000 });
  send(work, { name: 'a', fails: true });
  start(work, { mapping: { reportsFailures: false } });
  await isEmpty(work);
  expect(store.counts(dead).visible).toBe(0);
});

test('the messages of a FIFO group are handled one after the other, while those of another group go on', async () => {
  const { work } = newQueue({ fifo: { hasContentDeduplication: false, deduplicatesByGroup: true } });
  const file = join(directory, randomUUID());
  send(work, { name: 'a1', waitsFor: file }, 'a');
  const { functionName } = start(work, { mapping: { batchSize: 1, maxConcurrency: 3 } });
  await eventually(async () => expect(linesOf(functionName)).toEqual(['begins a1']));
  send(work, { name: 'a2' }, 'a');
  send(work, { name: 'b1' }, 'b');
  await eventually(async () => expect(linesOf(functionName)).toContain('handles b1 receive 1 of 1'));
  expect(linesOf(functionName).join()).not.toContain('a2');
  writeFileSync(file, '');
  await isEmpty(work);
  expect(linesOf(functionName).filter((line) => line.includes(' a'))).toEqual([
    'begins a1',
    'handles a1 receive 1 of 1',
    'begins a2',
    'handles a2 receive 1 of 1',
  ]);
});

test('a failed message of a FIFO group holds up the group until it is handled or dead', async () => {
  const { work, dead } = newQueue({
    visibilityTimeout: 2_000,
    fifo: { hasContentDeduplication: false, deduplicatesByGroup: true },
  });
  send(work, { name: 'a1', fails: true }, 'a');
  send(work, { name: 'a2' }, 'a');
  const { functionName } = start(work, { mapping: { batchSize: 1 } });
  await isEmpty(work);
  expect(linesOf(functionName).filter((line) => !line.startsWith('begins'))).toEqual([
    'fails a1 receive 1 of 1',
    'fails a1 receive 2 of 1',
    'handles a2 receive 1 of 1',
  ]);
  expect(store.counts(dead).visible).toBe(1);
});

test('no more batches run at once than the mapping allows', async () => {
  const { work } = newQueue();
  const file = join(directory, randomUUID());
  send(work, { name: 'a', waitsFor: file });
  send(work, { name: 'b', waitsFor: file });
  const { functionName } = start(work, { mapping: { batchSize: 1, maxConcurrency: 1 } });
  await eventually(async () => expect(linesOf(functionName)).toEqual(['begins a']));
  expect(store.counts(work)).toMatchObject({ visible: 1, inFlight: 1 });
  writeFileSync(file, '');
  await isEmpty(work);
});

test('a throttled batch waits, and does not count as received again', async () => {
  const { work } = newQueue();
  send(work, { name: 'a' });
  const { functionName } = start(work, { reservedConcurrency: 0 });
  await eventually(async () => expect(store.counts(work).inFlight).toBe(1));
  lambda.put('queue.handle', { name: functionName });
  await isEmpty(work);
  expect(linesOf(functionName)).toContain('handles a receive 1 of 1');
});

test('messages that match no filter are deleted', async () => {
  const { work } = newQueue();
  send(work, { name: 'a' });
  send(work, { name: 'b' });
  const { functionName } = start(work, { mapping: { filters: [eventPattern({ body: { name: ['b'] } })] } });
  await isEmpty(work);
  expect(linesOf(functionName)).toEqual(['begins b', 'handles b receive 1 of 1']);
});

test('with a batching window, a function gets the messages of that time together', async () => {
  const { work } = newQueue();
  send(work, { name: 'a' });
  const { functionName } = start(work, { mapping: { batchSize: 2, window: 30_000, maxConcurrency: 1 } });
  await eventually(async () => expect(store.counts(work).inFlight).toBe(1));
  send(work, { name: 'b' });
  await isEmpty(work);
  expect(linesOf(functionName)).toContain('handles b receive 1 of 2');
});

test('a function whose role may not receive messages gets none', async () => {
  const { work } = newQueue();
  send(work, { name: 'a' });
  const { stop } = start(work, { mayReceive: false });
  await stop();
  expect(store.counts(work)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
});

test('messages of a batch that runs when the system stops can be received by the next run', async () => {
  const { work } = newQueue();
  send(work, { name: 'a', waitsFor: join(directory, 'never') });
  const { functionName, stop } = start(work);
  await eventually(async () => expect(linesOf(functionName)).toEqual(['begins a']));
  const stopped = stop();
  lambda.service.keepOnly(new Set());
  await lambda.service.close();
  await stopped;
  expect(store.counts(work)).toMatchObject({ visible: 1, inFlight: 0 });
});
