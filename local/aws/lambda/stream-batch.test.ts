import type { InvokeResult } from './function-definition.ts';
import { type BatchPolicy, type DroppedRecords, processBatch } from './stream-batch.ts';
import { type LambdaStreamRecord, lambdaRecord } from './stream-record.ts';

const now = Math.floor(Date.now() / 1_000);
const STREAM = 'arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/local';

function record(number: number, age = 0): LambdaStreamRecord {
  const dynamodb = { SequenceNumber: String(number), Keys: {}, ApproximateCreationDateTime: now - age };
  return lambdaRecord({ eventName: 'INSERT', dynamodb }, STREAM);
}

const records = (count: number) => Array.from({ length: count }, (_, i) => record(i + 1));
const numbers = (batch: LambdaStreamRecord[]) => batch.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
const result = (body: unknown, functionError?: 'Unhandled'): InvokeResult => {
  const ended = {
    requestId: 'r',
    executedVersion: '1',
    body: JSON.stringify(body),
    duration: 1,
    initDuration: 0,
    log: [],
  };
  return functionError ? { ...ended, functionError } : ended;
};
const FAILED = result({ errorMessage: 'no' }, 'Unhandled');
const failures = (...identifiers: unknown[]) =>
  result({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });

const STRICT: BatchPolicy = {
  maxRetries: 1,
  maxRecordAge: Number.POSITIVE_INFINITY,
  bisects: false,
  reportsFailures: false,
};

/** Processes a batch with a function that responds with `answer`; returns its calls and the done and dropped records, in order. */
async function run(
  batch: LambdaStreamRecord[],
  policy: Partial<BatchPolicy>,
  answer: (numbers: number[], call: number) => InvokeResult | undefined,
) {
  const calls: number[][] = [];
  const done: number[] = [];
  const dropped: DroppedRecords[] = [];
  await processBatch(batch, {
    policy: { ...STRICT, ...policy },
    invoke: async (records) => answer(numbers(records), calls.push(numbers(records))),
    onDone: (records) => void done.push(...numbers(records)),
    onDropped: (records) => void dropped.push(records),
    signal: new AbortController().signal,
  });
  return { calls, done, dropped };
}

const poisoned = (poison: number) => (given: number[]) => (given.includes(poison) ? FAILED : result(null));

test('a successful batch is delivered once', async () => {
  expect(await run(records(3), {}, () => result(null))).toEqual({ calls: [[1, 2, 3]], done: [1, 2, 3], dropped: [] });
});

test('a failed batch is retried, then dropped as a whole', async () => {
  const { calls, done, dropped } = await run(records(2), { maxRetries: 2 }, () => FAILED);
  expect(calls).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(done).toEqual([1, 2]);
  expect(dropped).toMatchObject([{ condition: 'RetryAttemptsExhausted', invocations: 3, result: FAILED }]);
});

test('a batch that succeeds on retry is not dropped', async () => {
  const { calls, dropped } = await run(records(2), {}, (_, call) => (call === 1 ? FAILED : result(null)));
  expect([calls.length, dropped]).toEqual([2, []]);
});

test('a batch is split in two until the poison record is alone, which does not count as a retry', async () => {
  const { calls, done, dropped } = await run(records(8), { bisects: true }, poisoned(6));
  expect(dropped.map(({ records }) => numbers(records))).toEqual([[6]]);
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(calls).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6], [5], [6], [6], [7, 8]]);
});

describe('a function that reports batch item failures', () => {
  const reports = { reportsFailures: true };

  test('gets the batch again from its first failed record on', async () => {
    const answer = (_: number[], call: number) => (call === 1 ? failures('4', '3') : failures());
    const { calls, done } = await run(records(5), reports, answer);
    expect(calls).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  test('has each record retried at most as often as the policy allows, regardless of progress', async () => {
    const answer = (given: number[]) => (given.includes(3) ? failures('3') : failures());
    const { calls, done, dropped } = await run(records(5), { ...reports, maxRetries: 3 }, answer);
    expect(calls).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
      [3, 4, 5],
      [3, 4, 5],
    ]);
    expect(dropped).toMatchObject([{ condition: 'RetryAttemptsExhausted', invocations: 4 }]);
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  test('that progresses one record at a time gets no record more often than the policy allows', async () => {
    const { calls, dropped } = await run(records(6), { ...reports, maxRetries: 3 }, (_, call) =>
      failures(String(call)),
    );
    expect(calls.map(([first]) => first)).toEqual([1, 1, 2, 3]);
    expect(dropped.map(({ records }) => numbers(records))).toEqual([[4, 5, 6]]);
  });

  test('with bisection has batches split at the reported record, which does not count as a retry', async () => {
    const answer = (given: number[]) => (given.includes(4) ? failures('4') : failures());
    const { calls } = await run(records(4), { ...reports, bisects: true, maxRetries: 1 }, answer);
    expect(calls).toEqual([[1, 2, 3, 4], [4], [4]]);
  });

  test('is not blocked by a record that always fails', async () => {
    const answer = (given: number[]) => (given.includes(3) ? failures('3') : failures());
    const { done, dropped } = await run(records(5), { ...reports, bisects: true }, answer);
    expect(dropped.map(({ records }) => numbers(records))).toEqual([[3]]);
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['no list', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['null', { batchItemFailures: null }],
  ])('has handled all records if it returns %s', async (_, body) => {
    const { calls, dropped } = await run(records(2), reports, () => result(body));
    expect([calls.length, dropped]).toEqual([1, []]);
  });

  test.each<[string, string]>([
    ['a text for the list', '{"batchItemFailures":"x"}'],
    ['an object for the list', '{"batchItemFailures":{}}'],
    ['a number for the list', '{"batchItemFailures":1}'],
    ['false for the list', '{"batchItemFailures":false}'],
    ['a list with null', '{"batchItemFailures":[null]}'],
    ['a list of texts', '{"batchItemFailures":["1"]}'],
    ['a list of lists', '{"batchItemFailures":[[]]}'],
    ['another name for the identifier', '{"batchItemFailures":[{"sequenceNumber":"1"}]}'],
    ['a number for the identifier', '{"batchItemFailures":[{"itemIdentifier":1}]}'],
    ['a text', '"x"'],
    ['a list', '[]'],
    ['invalid JSON', '{'],
  ])('fails the whole batch with %s, and is called at most as often as the policy allows', async (_, body) => {
    const { calls, done, dropped } = await run(records(2), { ...reports, maxRetries: 2 }, () => ({
      ...result(null),
      body,
    }));
    expect(calls).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(done).toEqual([1, 2]);
    expect(dropped).toMatchObject([{ condition: 'RetryAttemptsExhausted', invocations: 3 }]);
  });

  test.each<[string, unknown]>([
    ['an unknown record', 'x'],
    ['an empty identifier', ''],
    ['no identifier', undefined],
  ])('has handled no record if it reports %s', async (_, identifier) => {
    const { calls } = await run(records(2), reports, (_given, call) =>
      call === 1 ? failures(identifier) : failures(),
    );
    expect(calls).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

test('a throttled function is called again, which does not count as a retry', async () => {
  const { calls, dropped } = await run(records(1), { maxRetries: 0 }, (_, call) =>
    call < 3 ? undefined : result(null),
  );
  expect([calls.length, dropped]).toEqual([3, []]);
});

test('records that are too old are dropped without delivery', async () => {
  const { calls, done, dropped } = await run([record(1, 100), record(2)], { maxRecordAge: 60_000 }, () => result(null));
  expect(calls).toEqual([[2]]);
  expect(done).toEqual([1, 2]);
  expect(dropped).toMatchObject([{ condition: 'RecordAgeExceeded' }]);
});

test.each<[string, InvokeResult, number[]]>([
  ['neither processed nor dropped if it failed, since its function was stopped too', FAILED, []],
  ['processed if it succeeded', result(null), [1, 2]],
])('when its mapping stops, a batch is %s', async (_, outcome, expected) => {
  const stopping = new AbortController();
  const done: number[] = [];
  const dropped: unknown[] = [];
  await processBatch(records(2), {
    policy: STRICT,
    invoke: async () => {
      stopping.abort();
      return outcome;
    },
    onDone: (records) => void done.push(...numbers(records)),
    onDropped: (records) => void dropped.push(records),
    signal: stopping.signal,
  });
  expect([done, dropped]).toEqual([expected, []]);
});
