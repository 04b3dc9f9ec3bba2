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
const numbers = (of: LambdaStreamRecord[]) => of.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
const result = (body: unknown, functionError?: 'Unhandled'): InvokeResult => {
  const ended = { requestId: 'r', body: JSON.stringify(body), duration: 1, initDuration: 0, log: [] };
  return functionError ? { ...ended, functionError } : ended;
};
const FAILED = result({ errorMessage: 'no' }, 'Unhandled');
const failures = (...of: unknown[]) => result({ batchItemFailures: of.map((itemIdentifier) => ({ itemIdentifier })) });

const STRICT: BatchPolicy = {
  maxRetries: 1,
  maxRecordAge: Number.POSITIVE_INFINITY,
  bisects: false,
  reportsFailures: false,
};

/** Runs a batch with a function that answers by what it is given; tells what was called, done and dropped, in order. */
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
    invoke: async (given) => answer(numbers(given), calls.push(numbers(given))),
    onDone: (of) => void done.push(...numbers(of)),
    onDropped: (of) => void dropped.push(of),
    signal: new AbortController().signal,
  });
  return { calls, done, dropped };
}

const poisoned = (poison: number) => (given: number[]) => (given.includes(poison) ? FAILED : result(null));

test('a batch that succeeds is called once', async () => {
  expect(await run(records(3), {}, () => result(null))).toEqual({ calls: [[1, 2, 3]], done: [1, 2, 3], dropped: [] });
});

test('a batch that fails is tried again, then dropped whole', async () => {
  const { calls, done, dropped } = await run(records(2), { maxRetries: 2 }, () => FAILED);
  expect(calls).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(done).toEqual([1, 2]);
  expect(dropped).toMatchObject([{ condition: 'RetryAttemptsExhausted', invocations: 3, result: FAILED }]);
});

test('a batch that fails once is not dropped', async () => {
  const { calls, dropped } = await run(records(2), {}, (_, call) => (call === 1 ? FAILED : result(null)));
  expect([calls.length, dropped]).toEqual([2, []]);
});

test('a batch is cut into halves until the poison record is alone, which costs no retry', async () => {
  const { calls, done, dropped } = await run(records(8), { bisects: true }, poisoned(6));
  expect(dropped.map((of) => numbers(of.records))).toEqual([[6]]);
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(calls).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6], [5], [6], [6], [7, 8]]);
});

describe('a function that names the records that failed', () => {
  const reports = { reportsFailures: true };

  test('is given what follows the first of them again, and not what is before', async () => {
    const answer = (_: number[], call: number) => (call === 1 ? failures('4', '3') : failures());
    const { calls, done } = await run(records(5), reports, answer);
    expect(calls).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  test('has each record retried as often as the policy says, whatever progress it makes', async () => {
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

  test('that gets one record further each time delivers none more often than the policy says', async () => {
    const { calls, dropped } = await run(records(6), { ...reports, maxRetries: 3 }, (_, call) =>
      failures(String(call)),
    );
    expect(calls.map(([first]) => first)).toEqual([1, 1, 2, 3]);
    expect(dropped.map((of) => numbers(of.records))).toEqual([[4, 5, 6]]);
  });

  test('and whose batches are split has them split at the record that it names, which costs no retry', async () => {
    const answer = (given: number[]) => (given.includes(4) ? failures('4') : failures());
    const { calls } = await run(records(4), { ...reports, bisects: true, maxRetries: 1 }, answer);
    expect(calls).toEqual([[1, 2, 3, 4], [4], [4]]);
  });

  test('keeps nothing up with one that fails for good', async () => {
    const answer = (given: number[]) => (given.includes(3) ? failures('3') : failures());
    const { done, dropped } = await run(records(5), { ...reports, bisects: true }, answer);
    expect(dropped.map((of) => numbers(of.records))).toEqual([[3]]);
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['no list', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['null', { batchItemFailures: null }],
  ])('has handled all if it answers %s', async (_, body) => {
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
    ['what is no JSON', '{'],
  ])('fails the whole batch with %s, and is called no more often than the policy says', async (_, body) => {
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
  ])('has handled nothing if it names %s', async (_, identifier) => {
    const { calls } = await run(records(2), reports, (_given, call) =>
      call === 1 ? failures(identifier) : failures(),
    );
    expect(calls).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

test('a throttled function is called again, which is no retry', async () => {
  const { calls, dropped } = await run(records(1), { maxRetries: 0 }, (_, call) =>
    call < 3 ? undefined : result(null),
  );
  expect([calls.length, dropped]).toEqual([3, []]);
});

test('records that are too old are dropped and never given', async () => {
  const { calls, done, dropped } = await run([record(1, 100), record(2)], { maxRecordAge: 60_000 }, () => result(null));
  expect(calls).toEqual([[2]]);
  expect(done).toEqual([1, 2]);
  expect(dropped).toMatchObject([{ condition: 'RecordAgeExceeded' }]);
});

test.each<[string, InvokeResult, number[]]>([
  ['neither done nor dropped if it failed: its function was stopped too', FAILED, []],
  ['done if it succeeded', result(null), [1, 2]],
])('a batch whose mapping stops is %s', async (_, outcome, expected) => {
  const stopping = new AbortController();
  const done: number[] = [];
  const dropped: unknown[] = [];
  await processBatch(records(2), {
    policy: STRICT,
    invoke: async () => {
      stopping.abort();
      return outcome;
    },
    onDone: (of) => void done.push(...numbers(of)),
    onDropped: (of) => void dropped.push(of),
    signal: stopping.signal,
  });
  expect([done, dropped]).toEqual([expected, []]);
});
