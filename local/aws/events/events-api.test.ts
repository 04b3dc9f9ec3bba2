import {
  DescribeArchiveCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  StartReplayCommand,
  type StartReplayCommandInput,
} from '@aws-sdk/client-eventbridge';
import { AwsEndpoint } from '../aws-endpoint.ts';
import { openDatabase } from '../sqlite.ts';
import type { BusEvent } from './bus-event.ts';
import { EventBuses, type RuleDefinition } from './event-bus.ts';
import { eventPattern } from './event-pattern.ts';
import { EventsApi } from './events-api.ts';
import { Replays } from './replays.ts';

const BUS = 'arn:aws:events:us-east-1:123456789012:event-bus/bus';
const ARCHIVE = 'arn:aws:events:us-east-1:123456789012:archive/all';
const ruleArn = (name: string) => `arn:aws:events:us-east-1:123456789012:rule/bus/${name}`;

function rule(name: string, pattern: object): RuleDefinition {
  const target = { arn: name, functionName: name, qualifier: 'live', deadLetterQueue: undefined };
  return { name, arn: ruleArn(name), busName: 'bus', matches: eventPattern(pattern), targets: [target] };
}

const database = openDatabase(':memory:');
const delivered: { to: string; event: BusEvent }[] = [];
const buses = new EventBuses({
  database,
  buses: () => [
    { name: 'bus', arn: BUS },
    { name: 'other', arn: BUS.replace('/bus', '/other') },
  ],
  rules: () => [rule('loans', { source: ['loans'] }), rule('all', { source: [{ prefix: '' }] })],
  archives: () => [
    { name: 'all', arn: ARCHIVE, busName: 'bus', matches: () => true, retention: Number.POSITIVE_INFINITY },
  ],
  deliver: async (event, { target }) => void delivered.push({ to: target.functionName, event }),
});
const events = new EventsApi(buses, new Replays(database, buses));
const aws = new AwsEndpoint({ services: { events }, onDenied: () => {} });
let client: EventBridgeClient;
let access: { endpoint: string; region: string; maxAttempts: number };

beforeAll(async () => {
  access = { endpoint: await aws.listen(), region: 'us-east-1', maxAttempts: 1 };
  client = new EventBridgeClient({ ...access, credentials: aws.operator });
});
afterAll(() => aws.close());
beforeEach(() => {
  delivered.length = 0;
  database.exec('DELETE FROM archived_events');
});

const ENTRY = { EventBusName: 'bus', Source: 'loans', DetailType: 'LoanStarted', Detail: '{"id":"b1"}' };
const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }));

test("an event is delivered to every matching rule, in EventBridge's format", async () => {
  const Time = new Date('2026-11-24T10:00:00.700Z');
  const { Entries, FailedEntryCount } = await put({ ...ENTRY, Time, Resources: ['arn:r'] });
  expect(FailedEntryCount).toBe(0);
  const event = {
    version: '0',
    id: Entries?.[0]?.EventId,
    'detail-type': 'LoanStarted',
    source: 'loans',
    account: '123456789012',
    time: '2026-11-24T10:00:00Z',
    region: 'us-east-1',
    resources: ['arn:r'],
    detail: { id: 'b1' },
  };
  expect(delivered).toEqual([
    { to: 'loans', event },
    { to: 'all', event },
  ]);
});

test('an event is not delivered to rules that do not match or belong to another bus', async () => {
  await put({ ...ENTRY, Source: 'books' }, { ...ENTRY, EventBusName: BUS.replace('/bus', '/other') });
  expect(delivered).toMatchObject([{ to: 'all', event: { source: 'books' } }]);
});

test.each<[string, PutEventsRequestEntry, string]>([
  ['no source', { ...ENTRY, Source: '' }, 'InvalidArgument'],
  ['no type', { ...ENTRY, DetailType: undefined }, 'InvalidArgument'],
  ['no detail', { ...ENTRY, Detail: undefined }, 'InvalidArgument'],
  ['a detail that is not JSON', { ...ENTRY, Detail: '{' }, 'MalformedDetail'],
  ['a detail that is not an object', { ...ENTRY, Detail: '[1]' }, 'MalformedDetail'],
  ['a source of AWS', { ...ENTRY, Source: 'aws.ec2' }, 'NotAuthorizedForSourceException'],
  ['an unknown bus', { ...ENTRY, EventBusName: 'none' }, 'ResourceNotFoundException'],
])('an entry with %s is refused, and the others are accepted', async (_, entry, ErrorCode) => {
  const { Entries, FailedEntryCount } = await put(ENTRY, entry, ENTRY);
  expect(FailedEntryCount).toBe(1);
  expect(Entries).toEqual([
    { EventId: expect.any(String) },
    { ErrorCode, ErrorMessage: expect.any(String) },
    { EventId: expect.any(String) },
  ]);
  expect(delivered).toHaveLength(4);
});

test.each<[string, PutEventsRequestEntry[]]>([
  ['no entry', []],
  ['eleven entries', Array(11).fill(ENTRY)],
  ['more than 256 KB', Array(2).fill({ ...ENTRY, Detail: JSON.stringify('x'.repeat(130 * 1024)) })],
])('a call with %s is refused', async (_, entries) => {
  await expect(put(...entries)).rejects.toMatchObject({ name: 'ValidationException' });
  expect(delivered).toEqual([]);
});

test('a function may put events only on the bus that its role allows', async () => {
  aws.setPolicies('f', [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: BUS }]);
  const own = new EventBridgeClient({ ...access, credentials: aws.credentialsOf('f') });
  await own.send(new PutEventsCommand({ Entries: [ENTRY] }));
  const elsewhere = new PutEventsCommand({ Entries: [ENTRY, { ...ENTRY, EventBusName: 'other' }] });
  await expect(own.send(elsewhere)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(own.send(new DescribeReplayCommand({ ReplayName: 'x' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

describe('a replay', () => {
  let count = 0;
  const start = async (changes: Partial<StartReplayCommandInput> = {}) => {
    const ReplayName = `r${++count}`;
    await client.send(
      new StartReplayCommand({
        ReplayName,
        EventSourceArn: ARCHIVE,
        EventStartTime: new Date('2026-01-01'),
        EventEndTime: new Date('2027-01-01'),
        Destination: { Arn: BUS, FilterArns: [ruleArn('loans')] },
        ...changes,
      }),
    );
    for (;;) {
      const replay = await client.send(new DescribeReplayCommand({ ReplayName }));
      if (replay.State === 'COMPLETED') return replay;
    }
  };
  const at = (day: string, id: string) => ({ ...ENTRY, Time: new Date(day), Detail: JSON.stringify({ id }) });

  test('delivers the archived events of a time range in order, to the named rules only, and archives none again', async () => {
    await put(at('2026-03-01', 'a'), at('2026-02-01', 'b'), at('2027-01-01', 'late'), at('2025-12-31', 'early'));
    delivered.length = 0;
    const replay = await start();
    expect(delivered.map(({ to, event }) => [to, event.detail, event['replay-name']])).toEqual([
      ['loans', { id: 'a' }, replay.ReplayName],
      ['loans', { id: 'b' }, replay.ReplayName],
    ]);
    expect(replay.EventLastReplayedTime).toEqual(new Date('2026-02-01'));
    const { EventCount } = await client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }));
    expect(EventCount).toBe(4);
  });

  test('reads an archive of any length', async () => {
    for (let i = 0; i < 12; i++) await put(...Array.from({ length: 10 }, (_, j) => at('2026-02-01', `${i}-${j}`)));
    delivered.length = 0;
    await start();
    expect(new Set(delivered.map(({ event }) => JSON.stringify(event.detail))).size).toBe(120);
    expect(delivered).toHaveLength(120);
  });

  test.each<[string, Partial<StartReplayCommandInput>, string]>([
    ['an unknown archive', { EventSourceArn: `${ARCHIVE}x` }, 'ResourceNotFoundException'],
    ['another bus', { Destination: { Arn: BUS.replace('/bus', '/other') } }, 'ValidationException'],
    ['an end before its start', { EventEndTime: new Date('2025-01-01') }, 'ValidationException'],
    ['an invalid name', { ReplayName: 'a b' }, 'ValidationException'],
  ])('with %s is refused', async (_, changes, name) => {
    await expect(start(changes)).rejects.toMatchObject({ name });
  });

  test('resumes where it was interrupted', async () => {
    await put(at('2026-03-01', 'a'), at('2026-03-02', 'b'));
    const [first] = buses.archive.after('all', 0, { start: 0, end: Date.now() * 2 }, 1);
    const interrupted = {
      name: 'interrupted',
      archive: 'all',
      busName: 'bus',
      rules: [ruleArn('loans')],
      start: 0,
      end: Date.parse('2027-01-01'),
      state: 'RUNNING',
      position: first?.position,
      lastEventTime: 0,
      startedAt: 1,
      endedAt: 0,
    };
    database.prepare('INSERT INTO replays VALUES (?, ?)').run('interrupted', JSON.stringify(interrupted));
    delivered.length = 0;
    const next = new Replays(database, buses);
    next.resume();
    while (next.find('interrupted')?.state === 'RUNNING') await new Promise(setImmediate);
    expect(delivered.map(({ event }) => event.detail)).toEqual([{ id: 'b' }]);
  });
});
