import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { readSupergraph } from '../../gateway/engine/plan/supergraph.ts';
import type { Transport } from '../../gateway/subgraphs/transports/transport.ts';
import { allParts, mergeParts, type Part, PROTOCOL_NAMES, type Protocol, readParts } from '../incremental.ts';
import { propertyOptions, timeLimit } from '../long-runs.ts';
import { compose, gateway, inProcess, service, type TestGateway } from './gateway.ts';
import { services } from './library.ts';
import { operations } from './operations.ts';

const supergraphSdl = compose(services);
const { schema } = readSupergraph(supergraphSdl);

let graph: TestGateway;
beforeAll(async () => {
  graph = await gateway(services, { supergraphSdl });
}, 60_000);

async function partsOf(
  query: string,
  accept: string = 'multipart/mixed;incrementalSpec=v0.2',
  variables: Record<string, unknown> = {},
  on = graph,
): Promise<Part[]> {
  return allParts(await on.respond(query, variables, { accept }));
}

const JOIN = `{ book(isbn: "isbn-b1") { title ... @defer(label: "later") { author { name } } } }`;

test('parts by path, as Apollo Router sends them', async () => {
  expect(await partsOf(JOIN, 'multipart/mixed;deferSpec=20220824, application/json')).toEqual([
    { data: { book: { title: 'Book 0' } }, hasNext: true },
    { incremental: [{ path: ['book'], label: 'later', data: { author: { name: 'Author 0' } } }], hasNext: false },
  ]);
});

test('parts by id, as graphql-js 17 sends them', async () => {
  expect(await partsOf(JOIN)).toEqual([
    { data: { book: { title: 'Book 0' } }, pending: [{ id: '0', path: ['book'], label: 'later' }], hasNext: true },
    { incremental: [{ id: '0', data: { author: { name: 'Author 0' } } }], completed: [{ id: '0' }], hasNext: false },
  ]);
});

test.each([
  ['deferSpec=20220824', 'multipart/mixed; boundary="-"; deferSpec=20220824'],
  ['incrementalSpec=v0.2', 'multipart/mixed; boundary="-"; incrementalSpec=v0.2'],
])('the media type names the protocol %s, and is never cached', async (parameter, type) => {
  const { status, headers } = await graph.respond(JOIN, {}, { accept: `multipart/mixed; ${parameter}` });
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, type, 'no-store']);
});

test.each([
  ['application/json', JOIN],
  ['*/*', JOIN],
  ['multipart/mixed, application/json', JOIN],
  ['multipart/mixed;deferSpec=20220824;q=0.1, application/json', JOIN],
  ['multipart/mixed;deferSpec=20220824', '{ book(isbn: "isbn-b1") { title author { name } } }'],
  ['multipart/mixed;deferSpec=20220824', JOIN.replace('label', 'if: false, label')],
])('a client that accepts %s gets one response for %s', async (accept, query) => {
  const { status, headers, body } = await graph.respond(query, {}, { accept });
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  expect(JSON.parse(String(body))).toEqual({ data: { book: { title: 'Book 0', author: { name: 'Author 0' } } } });
});

test('a variable decides whether a fragment is deferred', async () => {
  const query = 'query ($if: Boolean!) { book(isbn: "isbn-b1") { title ... @defer(if: $if) { author { name } } } }';
  const accept = 'multipart/mixed;deferSpec=20220824';
  expect(await partsOf(query, accept, { if: true })).toHaveLength(2);
  const { body } = await graph.respond(query, { if: false }, { accept });
  expect(JSON.parse(String(body))).toEqual({ data: { book: { title: 'Book 0', author: { name: 'Author 0' } } } });
});

test('fragments in lists, nested fragments and named fragments', async () => {
  const query = `{ books(first: 2) { id ...Author @defer(label: "outer") } }
    fragment Author on Book { author { id ... @defer(label: "inner") { name } } }`;
  const parts = await partsOf(query);
  expect(parts[0]?.pending?.map(({ path, label }) => [label, ...path])).toEqual([
    ['outer', 'books', 0],
    ['outer', 'books', 1],
  ]);
  expect(parts.slice(1).flatMap(({ pending = [] }) => pending.map(({ path, label }) => [label, ...path]))).toEqual([
    ['inner', 'books', 0, 'author'],
    ['inner', 'books', 1, 'author'],
  ]);
  expect(mergeParts(query, parts, 'multipart/mixed;incrementalSpec=v0.2').data).toEqual({
    books: [0, 1].map((index) => ({ id: `b${index + 1}`, author: { id: `a${index + 1}`, name: `Author ${index}` } })),
  });
});

const LIBRARY = `{
  book(isbn: "isbn-b1") { id title author { id } ... @defer(label: "x") { id title author { id name } } }
  books(first: 2) { id author { id } ... @defer(label: "y") { id title author { id name } } }
}`;

test.each<[name: string, query: string, data: object[]]>([
  [
    'fields and objects',
    LIBRARY,
    [{ author: { name: 'Author 0' } }, ...[0, 1].map((n) => ({ title: `Book ${n}`, author: { name: `Author ${n}` } }))],
  ],
  [
    'objects of lists',
    '{ books(first: 2) { id } ... @defer(label: "x") { books(first: 2) { id title } version } }',
    [{ books: [{ title: 'Book 0' }, { title: 'Book 1' }], version: 'v1' }],
  ],
  [
    'whole lists',
    '{ books(first: 2) { id } ... @defer(label: "x") { books(first: 2) { id } version } }',
    [{ version: 'v1' }],
  ],
  [
    'fields of a nested fragment',
    `{ book(isbn: "isbn-b1") { id ... @defer(label: "x") { title ... @defer(label: "y") { id title author { name } } } } }`,
    [{ title: 'Book 0' }, { author: { name: 'Author 0' } }],
  ],
])('%s that a client has are not sent again', async (_, query, expected) => {
  for (const accept of PROTOCOL_NAMES) {
    const parts = await partsOf(query, accept);
    const data = parts.slice(1).flatMap(({ incremental = [] }) => incremental.map((each) => each.data));
    expect(data).toEqual(expect.arrayContaining(expected));
    expect(data).toHaveLength(expected.length);
    expect(mergeParts(query, parts, accept).data).toEqual((await graph.execute(query)).data);
  }
});

test('an object that became null in the initial response stays null', async () => {
  const query = `{ media { remarks { by { books { note } name } ... @defer(label: "x") { by { email } text } } } }`;
  const expected = await graph.execute(query);
  expect(JSON.stringify(expected.data)).toContain('"by":null');
  for (const accept of PROTOCOL_NAMES)
    expect(mergeParts(query, await partsOf(query, accept), accept).data).toEqual(expected.data);
});

test('a fragment without new fields completes without data', async () => {
  const query = '{ book(isbn: "isbn-b1") { title author { name } ... @defer(label: "x") { title author { name } } } }';
  const [, later] = await partsOf(query);
  expect(later).toEqual({ completed: [{ id: '0' }], hasNext: false });
  const [, byPath] = await partsOf(query, 'multipart/mixed;deferSpec=20220824');
  expect(byPath).toEqual({ incremental: [{ path: ['book'], label: 'x', data: {} }], hasNext: false });
});

describe('a slow subgraph', () => {
  let release = () => {};
  const slow = service('slow', 'type Thing @key(fields: "id") { id: ID! late: String failing: String! }', {
    Thing: {
      late: () =>
        new Promise((resolve) => {
          release = () => resolve('late');
        }),
      failing: () => null,
    },
  });
  const fast = service(
    'fast',
    'type Query { thing: Thing } type Mutation { change: Thing } type Thing @key(fields: "id") { id: ID! early: String }',
    {
      Query: { thing: () => ({ id: '1', early: 'early' }) },
      Mutation: { change: () => ({ id: '1', early: 'changed' }) },
    },
  );

  test.each([
    ['query', '{ thing { early ... @defer { late } } }', { thing: { early: 'early' } }],
    ['mutation', 'mutation { change { early ... @defer { late } } }', { change: { early: 'changed' } }],
  ])('does not delay the initial response of a %s', async (_, query, initial) => {
    const on = await gateway([fast, slow]);
    const parts = readParts(await on.respond(query, {}, { accept: 'multipart/mixed;deferSpec=20220824' }));
    expect(await parts.next()).toMatchObject({ value: { data: initial, hasNext: true } });
    release();
    expect(await parts.next()).toMatchObject({ value: { incremental: [{ data: { late: 'late' } }], hasNext: false } });
  });

  test('has its errors in its own part, which becomes null for a non-nullable field', async () => {
    const on = await gateway([fast, slow]);
    const [initial, later] = await partsOf('{ thing { early ... @defer(label: "x") { failing } } }', undefined, {}, on);
    expect(initial).toMatchObject({ data: { thing: { early: 'early' } } });
    expect(initial).not.toHaveProperty('errors');
    expect(later?.incremental).toBeUndefined();
    expect(later?.completed).toMatchObject([{ id: '0', errors: [{ path: ['thing', 'failing'] }] }]);
  });

  test('that fails leaves the other parts whole', async () => {
    const on = await gateway([fast, slow], {
      transport: (each) => (each.name === 'slow' ? async () => Promise.reject(new Error('down')) : inProcess(each)),
    });
    const [initial, later] = await partsOf('{ thing { early ... @defer { late } } }', undefined, {}, on);
    expect(initial).toMatchObject({ data: { thing: { early: 'early' } } });
    expect(initial).not.toHaveProperty('errors');
    expect(later?.incremental).toMatchObject([
      { data: { late: null }, errors: [{ path: ['thing'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] },
    ]);
  });

  test('that times out ends its part with an error', async () => {
    const hangs: Transport = (_, limit) =>
      new Promise((_resolve, reject) => limit.onExpire(() => reject(new Error('The time limit expired'))));
    const on = await gateway([fast, slow], {
      timeout: 50,
      transport: (each) => (each.name === 'slow' ? hangs : inProcess(each)),
    });
    const [, later] = await partsOf('{ thing { early ... @defer { late } } }', undefined, {}, on);
    expect(later?.incremental).toMatchObject([{ errors: [{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }] }]);
  });
});

describe('an object whose runtime type only another subgraph has', () => {
  const topRated = [{ price: 4, rating: 3 }, { rating: 5 }];

  test.each([
    ['inside', '{ topRated { rating ... @defer(label: "x") { ... on Book { price } } } }'],
    ['as the condition of', '{ topRated { rating ... on Book @defer(label: "x") { price } } }'],
  ])('has the fields of its type %s a deferred fragment', async (_, query) => {
    for (const accept of PROTOCOL_NAMES) {
      const parts = await partsOf(query, accept);
      expect(parts[0]?.data).toEqual({ topRated: [{ rating: 3 }, { rating: 5 }] });
      expect(mergeParts(query, parts, accept).data).toEqual({ topRated });
    }
  });

  test('comes with the rest where the planner fails with @defer', async () => {
    const query = '{ ... @defer(label: "x") { topRated { ... on Film { rating } } } }';
    const { body } = await graph.respond(query, {}, { accept: 'multipart/mixed;deferSpec=20220824' });
    expect(JSON.parse(String(body))).toEqual({ data: { topRated: [{}, { rating: 5 }] } });
  });
});

test('an object that is null has no parts', async () => {
  const query = '{ book(isbn: "none") { ... @defer { title } } version }';
  const { headers, body } = await graph.respond(query, {}, { accept: 'multipart/mixed;deferSpec=20220824' });
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(JSON.parse(String(body))).toEqual({ data: { book: null, version: 'v1' } });
});

test.each([
  ['{ book(isbn: "1") { ... @defer(label: "a") { id } ... @defer(label: "a") { title } } }', 'unique'],
  ['query ($l: String) { book(isbn: "1") { ... @defer(label: $l) { id } } }', 'not a variable'],
  ['{ book(isbn: "1") @defer { id } }', 'may not be used on FIELD'],
  ['{ book(isbn: "1") { ... @defer(iff: true) { id } } }', 'Unknown argument "iff"'],
])('%s is not valid', async (query, message) => {
  const { status, errors } = await graph.execute(query);
  expect([status, errors?.[0]?.message]).toEqual([400, expect.stringContaining(message)]);
});

test('introspection shows the directive', async () => {
  const { data } = await graph.execute('{ __schema { directives { name locations args { name defaultValue } } } }');
  expect(data.__schema.directives).toContainEqual({
    name: 'defer',
    locations: ['FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
    args: [
      { name: 'label', defaultValue: null },
      { name: 'if', defaultValue: 'true' },
    ],
  });
});

/** Adds `@defer` to fragments of an operation. */
function withDefer(query: string, directives: string[]): string {
  let index = 0;
  return query.replace(/\.\.\.( on \w+|F\w+)/g, (fragment) => {
    const directive = directives[index++ % directives.length];
    return `${fragment} ${directive?.replace('LABEL', `"l${index}"`) ?? ''}`;
  });
}

/** Returns the fields of the initial data that later parts have again, with the same scalar or null. */
function repeatedFields([initial, ...later]: Part[]): string[] {
  const pending = new Map([initial, ...later].flatMap((part) => part?.pending ?? []).map(({ id, path }) => [id, path]));
  return later.flatMap(({ incremental = [] }) =>
    incremental.flatMap(({ id, path = pending.get(id), data }) => {
      const known = path.reduce((value: never, step: never) => value?.[step], initial?.data);
      return repeated(data, known);
    }),
  );
}

function repeated(data: Record<string, unknown> | null, known: Record<string, unknown> | null): string[] {
  return Object.entries(data ?? {}).flatMap(([key, value]) => {
    if (Array.isArray(value) || !known || !Object.hasOwn(known, key)) return [];
    if (typeof value !== 'object' || value === null) return value === known[key] ? [key] : [];
    return repeated(value as Record<string, unknown>, known[key] as Record<string, unknown>);
  });
}

const directives = fc.array(
  fc.constantFrom(
    '',
    '@defer(label: LABEL)',
    '@defer(label: LABEL)',
    '@defer(label: LABEL, if: true)',
    '@defer(label: LABEL, if: false)',
  ),
  { minLength: 5, maxLength: 20 },
);

test.each(PROTOCOL_NAMES)(
  'the merged parts of generated operations equal the response without @defer: %s',
  async (protocol: Protocol) => {
    await fc.assert(
      fc.asyncProperty(operations(schema), directives, async ({ query, variables }, chosen) => {
        const deferring = withDefer(query, chosen);
        const expected = await graph.execute(query, variables);
        const response = await graph.respond(deferring, variables, { accept: protocol });
        if (typeof response.body === 'string') {
          expect(JSON.parse(response.body)).toEqual({
            data: expected.data,
            ...(expected.errors && { errors: expect.any(Array) }),
          });
          return;
        }
        const parts = await allParts(response);
        const { data, errors = [] } = mergeParts(deferring, parts, protocol);
        expect(repeatedFields(parts)).toEqual([]);
        const nulled = parts.some(
          ({ incremental = [], completed = [] }) =>
            incremental.some((each) => each.data === null) || completed.some((each) => each.errors),
        );
        // A null of a deferred fragment stays in it; otherwise it spreads to an ancestor.
        if (!nulled && !isDeepStrictEqual(data, expected.data))
          throw new Error(JSON.stringify({ deferring, variables, parts, expected }, null, 1));
        expect(errors.length > 0).toBe((expected.errors ?? []).length > 0);
      }),
      propertyOptions(100, 3_000),
    );
  },
  timeLimit(120_000),
);
