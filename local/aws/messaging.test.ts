import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Message } from '@aws-sdk/client-sqs';
import { median } from '../../bench/statistics.ts';
import { deadLetter } from '../../operator/dead-letter.ts';
import { DeadLetterQueues } from '../../operator/dead-letter-queues.ts';
import { emptyTable, rebuildPlan, replayArchive } from '../../operator/rebuild.ts';
import { Redrive } from '../../operator/redrive.ts';
import { CONSUMER } from '../../test/event-assembly.ts';
import { EventSystem, noteTaken, until } from '../../test/event-system.ts';

const events = new EventSystem();
beforeAll(() => events.start());
afterAll(() => events.remove());

const access = () => ({ ...events.system.awsAccess, maxAttempts: 1 });
const queues = () => new DeadLetterQueues({ aws: events.system.awsAccess });

/** Returns the messages in the queue `failed`. */
async function letters(): Promise<Message[]> {
  const found: Message[] = [];
  await queues().each(await queues().find('failed'), async (message) => {
    found.push(message);
    return false;
  });
  return found;
}

async function untilLetter(matches: (message: Message) => boolean): Promise<Message> {
  let found: Message | undefined;
  await until(async () => {
    found = (await letters()).find(matches);
    return Boolean(found);
  });
  if (!found) throw new Error('no letter');
  return found;
}

const isAbout =
  (id: string) =>
  ({ Body = '' }: Message) =>
    Body.includes(`"${id}"`);
const isOfStream = ({ Body = '' }: Message) => Body.includes('DDBStreamBatchInfo');

describe('an event', () => {
  test('reaches its consumer within a second, in the median', async () => {
    const times: number[] = [];
    for (const id of ['a1', 'a2', 'a3', 'a4', 'a5']) {
      const started = performance.now();
      await events.publish([id]);
      await events.untilSeen(id);
      times.push(performance.now() - started);
      expect(await events.timesSeen(id)).toBe(1);
    }
    expect(median(times)).toBeLessThan(1_000);
  });

  test('is published for a new item with an outbox, not for other items or later changes', async () => {
    await events.putNote('plain');
    await events.publish(['b']);
    await events.putNote('b', JSON.stringify(noteTaken('b-changed')));
    await events.publish(['c']);
    await events.untilSeen('b', 'c');
    expect(await events.timesSeen('b-changed')).toBe(0);
  });

  test('is retried if its consumer failed or crashed, before or after its write', async () => {
    await events.publish(['once', 'fails-once'], ['before', 'crashes-before'], ['after', 'crashes-after'], ['fine']);
    await events.untilSeen('once', 'before', 'fine');
    await until(async () => (await events.timesSeen('after')) === 2);
    expect(await events.timesSeen('before')).toBe(1);
  });

  test('that always fails is sent to the queue with its error, and does not block others', async () => {
    await events.publish(['poison', 'fails'], ['d'], ['e']);
    await events.untilSeen('d', 'e');
    const letter = deadLetter(await untilLetter(isAbout('poison')));
    expect(letter).toMatchObject({
      kind: 'event',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:test-seen-consumer:$LATEST',
      reason: 'RetriesExhausted after 2 runs: Error: failed on poison',
      event: { source: 'notes', 'detail-type': 'NoteTaken', detail: { id: 'poison' } },
    });
  });

  test('that cannot be published is sent to the queue as a pointer to its record, and does not block others', async () => {
    await events.putNote('broken', '{ not JSON');
    await events.publish(['f'], ['g']);
    await events.untilSeen('f', 'g');
    const letter = deadLetter(await untilLetter(isOfStream));
    expect(letter).toMatchObject({
      kind: 'records',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:publisher:$LATEST',
      streamArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/notes/stream/local',
    });
    expect('first' in letter && letter.first === letter.last).toBe(true);
  });
});

describe('a dead letter', () => {
  const redrive = () => new Redrive({ aws: events.system.awsAccess }, events.system.model.mappings);

  test('that fails again reports its error', async () => {
    const message = await untilLetter(isAbout('poison'));
    expect(await redrive().retry(deadLetter(message))).toBe('Error: failed on poison');
  });

  test('of a stream is retried from the stream', async () => {
    const message = await untilLetter(isOfStream);
    expect(await redrive().retry(deadLetter(message))).toMatch(/^SyntaxError: /);
  });

  test('is deleted when its retry succeeds, and others stay', async () => {
    const count = (await letters()).length;
    await queues().each(await queues().find('failed'), async (message) => isOfStream(message));
    expect(await letters()).toHaveLength(count - 1);
    expect(await queues().all()).toEqual([{ name: 'failed', messages: count - 1 }]);
  });

  test('of an unknown queue fails with an error that lists the queues', async () => {
    await expect(queues().find('nothing')).rejects.toThrow('There is no queue "nothing". The queues are:\n  failed');
  });
});

describe('a missing permission', () => {
  const withPolicies = async (name: string, denied: string, act: () => Promise<void>) => {
    const { policies = [] } = events.system.model.functions.find((each) => each.name === name) ?? {};
    const remaining = policies.filter(({ Action }) => ![Action].flat().includes(denied));
    events.system.aws.setPolicies(name, remaining);
    await act().finally(() => events.system.aws.setPolicies(name, policies));
  };

  test('to send to the queue is logged with its action and resource', async () => {
    await withPolicies(CONSUMER, 'sqs:SendMessage', async () => {
      await events.publish(['lost', 'fails']);
      const line = /test-seen-consumer AccessDenied.*sqs:SendMessage on arn:aws:sqs:us-east-1:123456789012:failed/;
      await until(() => events.logs.some((each) => line.test(each)));
    });
    expect((await letters()).filter(isAbout('lost'))).toEqual([]);
  });

  test('to put events on the bus holds the events back until it is granted', async () => {
    await withPolicies('publisher', 'events:PutEvents', async () => {
      await events.publish(['patient']);
      await until(() => events.logs.some((line) => /publisher AccessDenied.*events:PutEvents/.test(line)));
    });
    await until(async () => (await events.timesSeen('patient')) > 0 || (await letters()).some(isOfStream));
  });

  test("of a rule to invoke its target sends the event to the target's queue, and a redrive delivers it", async () => {
    const { resourcePolicies } = events.system.model;
    const isOfConsumer = ({ resource }: { resource: string }) => resource.endsWith(`:function:${CONSUMER}`);
    const removed = resourcePolicies.splice(resourcePolicies.findIndex(isOfConsumer), 1);
    const Detail = JSON.stringify(noteTaken('forbidden'));
    const Entries = [{ EventBusName: 'bus', Source: 'notes', DetailType: 'NoteTaken', Detail }];
    await new EventBridgeClient(access()).send(new PutEventsCommand({ Entries }));
    resourcePolicies.push(...removed);
    const letter = deadLetter(await untilLetter(isAbout('forbidden')));
    expect(letter).toMatchObject({ kind: 'event', reason: expect.stringMatching(/^NO_PERMISSIONS: /) });
    await new Redrive({ aws: events.system.awsAccess }, []).retry(letter);
    expect(await events.timesSeen('forbidden')).toBe(1);
  });
});

describe('an asynchronous invocation', () => {
  const invoke = (InvocationType: 'Event' | 'DryRun', Payload: string, FunctionName = CONSUMER) =>
    new LambdaClient(access()).send(new InvokeCommand({ FunctionName, InvocationType, Payload }));
  const envelope = (id: string) => JSON.stringify({ source: 'test', detail: noteTaken(id) });

  test('is accepted immediately and run later', async () => {
    expect(await invoke('Event', envelope('async'))).toMatchObject({ StatusCode: 202 });
    await events.untilSeen('async');
  });

  test('as a dry run is checked and not run', async () => {
    expect(await invoke('DryRun', envelope('dry'))).toMatchObject({ StatusCode: 204 });
    await expect(invoke('DryRun', '{}', 'none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await events.timesSeen('dry')).toBe(0);
  });

  test.each<[string, string, string]>([
    ['a payload that is not JSON', '{', 'InvalidRequestContentException'],
    ['more than 1 MB', JSON.stringify('x'.repeat(1024 * 1024)), 'RequestTooLargeException'],
  ])('of %s is refused', async (_, payload, name) => {
    await expect(invoke('Event', payload)).rejects.toMatchObject({ name });
  });

  test("that fails three times is sent unchanged to its function's dead-letter queue, with the error", async () => {
    await invoke('Event', '{"hopeless":"h1"}', 'failing');
    const { Body, MessageAttributes } = await untilLetter(isAbout('h1'));
    expect(Body).toBe('{"hopeless":"h1"}');
    expect(MessageAttributes).toMatchObject({
      ErrorMessage: { DataType: 'String', StringValue: expect.stringMatching(/./) },
      RequestID: { DataType: 'String', StringValue: expect.any(String) },
    });
  });

  test('of an unknown function is refused', async () => {
    await expect(invoke('Event', '{}', 'none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

test("a table's stream can be read through its API, by the ARN in the template", async () => {
  const client = new DynamoDBStreamsClient(access());
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: 'notes' }));
  const StreamArn = Streams[0]?.StreamArn;
  expect(StreamArn).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/notes/stream/local');
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const [shard] = StreamDescription?.Shards ?? [];
  expect(shard?.SequenceNumberRange?.EndingSequenceNumber).toBeUndefined();
  const start = { ShardId: shard?.ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
  const { ShardIterator } = await client.send(new GetShardIteratorCommand({ StreamArn, ...start }));
  const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
  expect(Records).toMatchObject([{ eventName: 'INSERT', awsRegion: 'us-east-1' }]);
  const consumer = { ...access(), credentials: events.system.aws.credentialsOf(CONSUMER) };
  await expect(
    new DynamoDBStreamsClient(consumer).send(new GetRecordsCommand({ ShardIterator })),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('events in flight when the system stops are delivered after a restart', async () => {
  const ids = Array.from({ length: 20 }, (_, i) => `stop-${i}`);
  await events.publish(...ids.map((id): [string] => [id]));
  await until(async () => (await events.timesSeen('stop-0')) > 0);
  await events.stop();
  await events.start();
  await events.publish(['last']);
  await events.untilSeen(...ids, 'last');
  // The checkpoint survives: the stream is not read from its start again.
  expect(await events.timesSeen('a1')).toBe(1);
});

test('a service is rebuilt from the archive, and each event counts once', async () => {
  const connection = { aws: events.system.awsAccess };
  const plan = rebuildPlan(events.system.model, 'seen');
  expect(plan).toMatchObject({ table: 'seen', rules: ['arn:aws:events:us-east-1:123456789012:rule/bus/to-consumer'] });
  expect(await emptyTable(connection, plan)).toBeGreaterThan(20);
  expect(await events.timesSeen('a1')).toBe(0);
  const states: string[] = [];
  await replayArchive(connection, plan, ({ state }) => states.push(state));
  expect(states.at(-1)).toBe('COMPLETED');
  for (const id of ['a1', 'once', 'forbidden', 'stop-19', 'last']) expect(await events.timesSeen(id)).toBe(1);
  expect(() => rebuildPlan(events.system.model, 'nothing')).toThrow('no archive that feeds nothing');
});
