import { type BatchGetCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { LIBRARY } from '../../build/discover.ts';
import { testTable } from '../../test/test-table.ts';
import { batchGet, batchRead, type Item, PartialRead } from './batch-read.ts';
import { loaderByKey } from './group-by-key.ts';

/** What becomes of a key: read, not there, never processed, refused by DynamoDB, or an item of another shape. */
const FATES = ['THERE', 'ABSENT', 'UNPROCESSED', 'REFUSED', 'MALFORMED'] as const;
type Fate = (typeof FATES)[number];

/** A client whose table treats each key by its fate; it answers 10 keys a call at most, as DynamoDB does with large items. */
function clientOf(fates: ReadonlyMap<string, Fate>, answered = 10) {
  const send = async ({ input }: BatchGetCommand) => {
    const [[table = '', { Keys = [] } = {}] = []] = Object.entries(input.RequestItems ?? {});
    const keys = Keys as { id: string }[];
    if (keys.length > 100 || keys.some(({ id }) => fates.get(id) === 'REFUSED'))
      throw Object.assign(new Error('refused'), { name: 'ValidationException' });
    const ready = keys.filter(({ id }) => fates.get(id) !== 'UNPROCESSED').slice(0, answered);
    const items = ready.flatMap(({ id }) => {
      if (fates.get(id) === 'MALFORMED') return { id };
      return fates.get(id) === 'THERE' ? { id, name: `named ${id}` } : [];
    });
    const left = keys.filter((key) => !ready.includes(key));
    return {
      Responses: { [table]: items.reverse() },
      UnprocessedKeys: left.length > 0 ? { [table]: { Keys: left } } : {},
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
  loaderByKey(
    (ids) =>
      batchRead(
        client,
        'things',
        ids.map((id) => ({ id })),
        toNamed,
      ),
    ({ id }) => id,
  );

/** Lets every backoff pass at once. */
async function inNoTime<T>(work: () => Promise<T>): Promise<T> {
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

const EXPECTED: Record<Fate, (id: string) => unknown> = {
  THERE: (id) => ({ id, name: `named ${id}` }),
  ABSENT: () => undefined,
  UNPROCESSED: () => new Error('DynamoDB left the key unprocessed 6 times'),
  REFUSED: () => new Error('refused'),
  MALFORMED: () => new Error('no name'),
};

test('a key that DynamoDB leaves unprocessed fails alone', async () => {
  const client = clientOf(
    new Map([
      ['g1', 'THERE'],
      ['bad', 'UNPROCESSED'],
      ['g2', 'THERE'],
    ]),
  );
  const loader = loaderOn(client);
  const loaded = await inNoTime(() => loader.loadMany(['g1', 'bad', 'g2']));
  expect(loaded).toEqual([EXPECTED.THERE('g1'), EXPECTED.UNPROCESSED('bad'), EXPECTED.THERE('g2')]);
});

test('each key has its own fate, whatever the others meet', async () => {
  const fate = fc.oneof({ arbitrary: fc.constant<Fate>('THERE'), weight: 4 }, fc.constantFrom(...FATES));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { minLength: 1, maxLength: 230 }),
      fc.integer({ min: 20, max: 100 }),
      async (all, answered) => {
        const fates = new Map(all.map((each, i) => [`k${i}`, each]));
        const loader = loaderOn(clientOf(fates, answered));
        const loaded = await inNoTime(() => loader.loadMany([...fates.keys()]));
        expect(loaded).toEqual([...fates].map(([id, each]) => EXPECTED[each](id)));
      },
    ),
    { numRuns: 40 },
  );
});

test('who needs all keys gets an error, with what was read', async () => {
  const client = clientOf(
    new Map([
      ['a', 'THERE'],
      ['b', 'UNPROCESSED'],
    ]),
  );
  const error = await inNoTime(() => batchGet(client, 'things', [{ id: 'a' }, { id: 'b' }]).catch((caught) => caught));
  expect(error).toBeInstanceOf(PartialRead);
  expect(error).toMatchObject({ values: [{ id: 'a' }], message: expect.stringMatching(/^1 keys of a batch/) });
});

test('a failure of the whole call is told as it is, at once', async () => {
  const send = jest.fn().mockRejectedValue(new Error('no network'));
  const loader = loaderOn({ send } as unknown as DynamoDBDocumentClient);
  expect(await loader.loadMany(['a', 'b'])).toEqual([new Error('no network'), new Error('no network')]);
  expect(send).toHaveBeenCalledTimes(1);
});

test('an item of another shape, and a key that DynamoDB refuses, spoil nothing for others in a real table', async () => {
  const { client, name } = await testTable('members', LIBRARY);
  await client.send(new PutCommand({ TableName: name, Item: { id: 'ada', name: 'Ada' } }));
  await client.send(new PutCommand({ TableName: name, Item: { id: 'odd' } }));
  const loader = loaderByKey(
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
