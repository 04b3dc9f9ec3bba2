import { log } from '../telemetry/log.ts';
import type { RequestContext } from './subgraph.ts';
import { subgraphExecutor, subgraphSchema } from './subgraph-executor.ts';

const schema = subgraphSchema({
  typeDefs: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    scalar Day
    type Query { day(of: Day!): String fails: Int must: Int! sum(a: Int!): Int }
    type Thing @key(fields: "id") { id: ID! name: String }`,
  resolvers: {
    Query: {
      day: (_: unknown, { of }: { of: string }) => of,
      fails: () => {
        throw new Error('the table is called secret-table');
      },
      must: () => null,
      sum: (_: unknown, { a }: { a: number }) => a + 1,
    },
    Thing: { __resolveReference: ({ id }: { id: string }) => (id === '1' ? { id, name: 'One' } : null) },
  },
  context: (request: RequestContext) => request,
});
const run = subgraphExecutor(schema, log);
const withoutIntrospection = subgraphExecutor(schema, log, { showsSchema: false });
const execute = (query: string, variables = {}) => run({ query, variables }, {});

test('entities are resolved, and a missing one is null', async () => {
  const representations = ['1', '2'].map((id) => ({ __typename: 'Thing', id }));
  const query =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Thing { name } } }';
  expect(await execute(query, { representations })).toEqual({ data: { _entities: [{ name: 'One' }, null] } });
});

test('an unexpected error is masked, and other fields are returned', async () => {
  const { data, errors } = await execute('{ fails sum(a: 1) }');
  expect(data).toEqual({ fails: null, sum: 2 });
  expect(errors).toMatchObject([
    { message: 'Internal server error', path: ['fails'], extensions: { errorId: expect.any(String) } },
  ]);
  expect(JSON.stringify(errors)).not.toContain('secret-table');
});

test('a null for a non-null root field nulls the data', async () => {
  expect(await execute('{ must }')).toMatchObject({ data: null, errors: [{ path: ['must'] }] });
});

test.each([
  ['{', {}, 'GRAPHQL_PARSE_FAILED'],
  ['{ nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['query ($a: Int!) { sum(a: $a) }', { a: 'x' }, 'BAD_USER_INPUT'],
  ['query ($a: Int!) { sum(a: $a) }', {}, 'BAD_USER_INPUT'],
])('%s with %j has the code %s', async (query, variables, code) => {
  const { data, errors } = await execute(query, variables);
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code } }]);
});

test.each(['{ _service { sdl } }', '{ __schema { types { name } } }', '{ __type(name: "Thing") { name } }'])(
  'with introspection disabled, %s is rejected',
  async (query) => {
    expect((await run({ query }, {})).data).toBeTruthy();
    const { data, errors } = await withoutIntrospection({ query }, {});
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ message: 'Introspection is disabled.' }]);
  },
);

const LONE = 'a\ud800';

test.each<[string, string, Record<string, unknown>, RegExp]>([
  ['a scalar', 'query ($of: Day!) { day(of: $of) }', { of: LONE }, /^\$of must be Unicode text/],
  [
    'an entity key',
    'query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }',
    {
      all: [
        { __typename: 'Thing', id: '1' },
        { __typename: 'Thing', id: LONE },
      ],
    },
    /^\$all\.1\.id must be/,
  ],
  ['a property name', 'query ($of: Day!) { day(of: $of) }', { of: { [LONE]: 1 } }, /^\$of must be/],
  ['an unused variable', '{ fails }', { other: [[LONE]] }, /^\$other\.0\.0 must be/],
])('a lone surrogate in %s is BAD_USER_INPUT', async (_, query, variables, message) => {
  expect(await execute(query, variables)).toEqual({
    errors: [{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test.each([`{ day(of: "${LONE}") }`, '{ day(of: "\\ud800") }', '{ day(of: """\udc00""") }'])(
  'a lone surrogate in the document %j is a syntax error',
  async (query) => {
    expect(await execute(query)).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  },
);

test('deeply nested variables are checked, and surrogate pairs are valid', async () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}"${LONE}"${']'.repeat(50_000)}`);
  expect(await execute('{ fails }', { deep })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(await execute('query ($of: Day!) { day(of: $of) }', { of: '🏡' })).toEqual({ data: { day: '🏡' } });
});
