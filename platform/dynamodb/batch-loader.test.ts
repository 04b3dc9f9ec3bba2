import { type BatchGetCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { LIBRARY } from '../../build/discover.ts';
import { testTable } from '../../test/test-table.ts';
import { batchLoader } from './batch-loader.ts';
import { batchGet, batchRead, type Item, PartialRead } from './batch-read.ts';

/** Outcomes of reading a key; MALFORMED is an item of another shape. */
const OUTCOMES = ['FOUND', 'MISSING', 'UNPROCESSED', 'REJECTED', 'MALFORMED'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Returns a fake client with fixed outcomes by key. It processes at most 10 keys per call, like DynamoDB with large items. */
function clientOf(outcomes: ReadonlyMap<string, Outcome>, maxProcessed = 10) {
  const send = async ({ input }: BatchGetCommand) => {
    const [[table = '', { Keys = [] } = {}] = []] = Object.entries(input.RequestItems ?? {});
    const keys = Keys as { id: string }[];
    if (keys.length > 100 || keys.some(({ id }) => outcomes.get(id) === 'REJECTED'))
      throw Object.assign(new Error('rejected'), { name: 'ValidationException' });
    const ready = keys.filter(({ id }) => outcomes.get(id) !== 'UNPROCESSED').slice(0, maxProcessed);
    const items = ready.flatMap(({ id }) => {
      if (outcomes.get(id) === 'MALFORMED') return { id };
      return outcomes.get(id) === 'FOUND' ? { id, name: `named ${id}` } : [];
    });
    const unprocessed = keys.filter((key) => !ready.includes(key));
    return {
      Responses: { [table]: items.reverse() },
      UnprocessedKeys: unprocessed.length > 0 ? { [table]: { Keys: unprocessed } } : {},
    };
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

interface Named {
  id: string;
  name: string;
}

function toNamed({ id, name }: Item): Named {
  if (typeof id === 'string' && typeof name === 'string') return { id, name };
  throw new Error('no name');
}

const loaderOn = (client: DynamoDBDocumentClient) =>
  batchLoader(
    (ids) =>
      batchRead(
        client,
        'things',
        ids.map((id) => ({ id })),
        toNamed,
      ),
    ({ id }) => id,
  );

/** Runs work without waiting for backoffs. */
async function skipBackoff<T>(work: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
  try {
    const done = work();
    done.catch(() => undefined);
    await jest.runAllTimersAsync();
    return await done;
  } finally {
    jest.useRealTimers();
  }
}

const EXPECTED: Record<Outcome, (id: string) => unknown> = {
  FOUND: (id) => ({ id, name: `named ${id}` }),
  MISSING: () => undefined,
  UNPROCESSED: () => new Error('DynamoDB left the key unprocessed 6 times'),
  REJECTED: () => new Error('rejected'),
  MALFORMED: () => new Error('no name'),
};

test('a key that DynamoDB leaves unprocessed fails alone', async () => {
  const client = clientOf(
    new Map([
      ['g1', 'FOUND'],
      ['bad', 'UNPROCESSED'],
      ['g2', 'FOUND'],
    ]),
  );
  const loader = loaderOn(client);
  const loaded = await skipBackoff(() => loader.loadMany(['g1', 'bad', 'g2']));
  expect(loaded).toEqual([EXPECTED.FOUND('g1'), EXPECTED.UNPROCESSED('bad'), EXPECTED.FOUND('g2')]);
});

test('the outcome of a key does not depend on other keys', async () => {
  const outcome = fc.oneof({ arbitrary: fc.constant<Outcome>('FOUND'), weight: 4 }, fc.constantFrom(...OUTCOMES));
  await fc.assert(
    fc.asyncProperty(
      fc.array(outcome, { minLength: 1, maxLength: 230 }),
      fc.integer({ min: 20, max: 100 }),
      async (all, maxProcessed) => {
        const outcomes = new Map(all.map((each, i) => [`k${i}`, each]));
        const loader = loaderOn(clientOf(outcomes, maxProcessed));
        const loaded = await skipBackoff(() => loader.loadMany([...outcomes.keys()]));
        expect(loaded).toEqual([...outcomes].map(([id, each]) => EXPECTED[each](id)));
      },
    ),
    { numRuns: 40 },
  );
});

test('batchGet throws PartialRead with the items that were read', async () => {
  const client = clientOf(
    new Map([
      ['a', 'FOUND'],
      ['b', 'UNPROCESSED'],
    ]),
  );
  const error = await skipBackoff(() =>
    batchGet(client, 'things', [{ id: 'a' }, { id: 'b' }]).catch((caught) => caught),
  );
  expect(error).toBeInstanceOf(PartialRead);
  expect(error).toMatchObject({ values: [{ id: 'a' }], message: expect.stringMatching(/^1 keys of a batch/) });
});

test('a failure of the whole call is not retried', async () => {
  const send = jest.fn().mockRejectedValue(new Error('no network'));
  const loader = loaderOn({ send } as unknown as DynamoDBDocumentClient);
  expect(await loader.loadMany(['a', 'b'])).toEqual([new Error('no network'), new Error('no network')]);
  expect(send).toHaveBeenCalledTimes(1);
});

test('malformed items and rejected keys do not affect other keys in a real table', async () => {
  const { client, name } = await testTable('members', LIBRARY);
  await client.send(new PutCommand({ TableName: name, Item: { id: 'ada', name: 'Ada' } }));
  await client.send(new PutCommand({ TableName: name, Item: { id: 'odd' } }));
  const loader = batchLoader(
    (ids) =>
      batchRead(
        client,
        name,
        ids.map((id) => (id === 'other' ? { wrong: id } : { id })),
        toNamed,
      ),
    ({ id }) => id,
  );
  const [ada, odd, other, nobody] = await loader.loadMany(['ada', 'odd', 'other', 'nobody']);
  expect(ada).toEqual({ id: 'ada', name: 'Ada' });
  expect(odd).toEqual(new Error('no name'));
  expect(other).toMatchObject({ name: 'ValidationException' });
  expect(nobody).toBeUndefined();
});
