import * as fc from 'fast-check';
import { type CursorList, connection, pageRequest, pageSize } from './connection.ts';

const LIST: CursorList = { identity: ['Member.books', 'm1'], keyAttributes: ['id', 'sortKey'] };
const OTHERS: CursorList[] = [
  { ...LIST, identity: ['Member.books', 'm2'] },
  { ...LIST, identity: ['Query.books', { sort: 'NEWEST' }] },
  { ...LIST, keyAttributes: ['id'] },
  { ...LIST, keyAttributes: ['id', 'sortKey', 'other'] },
];

function cursorOf(key: Record<string, unknown>, list = LIST): string {
  const made = connection({ nodes: [key], hasMore: false }, pageRequest({ first: 1 }, list), (node) => node);
  return made.pageInfo.endCursor ?? '';
}

const rejection = expect.objectContaining({
  message: expect.stringMatching(/^after is not a cursor of this list/),
  extensions: { code: 'BAD_USER_INPUT' },
});

function decode(after: string, list = LIST): unknown {
  try {
    return pageRequest({ first: 1, after }, list).after;
  } catch (error) {
    return error;
  }
}

test('a cursor decodes to its key in its own list only', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(part, part, (id, sortKey) => {
      const cursor = cursorOf({ id, sortKey });
      expect(decode(cursor)).toEqual({ id, sortKey });
      for (const other of OTHERS) expect(decode(cursor, other)).toEqual(rejection);
    }),
  );
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const [mark] = JSON.parse(Buffer.from(cursorOf({ id: '1', sortKey: 'a' }), 'base64url').toString('utf8'));

test.each([
  ['an empty string', ''],
  ['invalid base64', '%%%'],
  ['invalid JSON', Buffer.from('garbage').toString('base64url')],
  ['an empty object', encoded({})],
  ['an object', encoded({ id: '1', sortKey: 'a' })],
  ['an empty list', encoded([])],
  ['no list hash', encoded(['1', 'a'])],
  ['another list hash', encoded(['x', '1', 'a'])],
  ['too few parts', encoded([mark, '1'])],
  ['too many parts', encoded([mark, '1', 'a', 'b'])],
  ['a number', encoded([mark, 1, 'a'])],
  ['an empty part', encoded([mark, '', 'a'])],
  ['a null', encoded([mark, null, 'a'])],
  ['a part that is too long for a key', encoded([mark, 'x'.repeat(1_025), 'a'])],
  ['half of a surrogate pair', Buffer.from(`["${mark}","\\ud800","a"]`).toString('base64url')],
  ['another encoding of a valid cursor', Buffer.from(`[ "${mark}","1","a"]`).toString('base64url')],
  ['padding', `${cursorOf({ id: '1', sortKey: 'a' })}=`],
])('%s is not a valid cursor', (_, after) => {
  expect(decode(after)).toEqual(rejection);
});

test('any other text is rejected as BAD_USER_INPUT', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (after) => expect(decode(after)).toEqual(rejection)));
});

test.each([-1, 101, 1e9])('a page size of %d is rejected', (first) => {
  expect(() => pageSize({ first })).toThrow('first must be from 0 to 100');
});
