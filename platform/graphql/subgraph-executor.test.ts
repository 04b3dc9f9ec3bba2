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
const hidden = subgraphExecutor(schema, log, { showsSchema: false });
const ask = (query: string, variables = {}) => run({ query, variables }, {});

test('entities are resolved, and what is not there is null', async () => {
  const representations = ['1', '2'].map((id) => ({ __typename: 'Thing', id }));
  const query =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Thing { name } } }';
  expect(await ask(query, { representations })).toEqual({ data: { _entities: [{ name: 'One' }, null] } });
});

test('an unexpected error is masked, and the rest is there', async () => {
  const { data, errors } = await ask('{ fails sum(a: 1) }');
  expect(data).toEqual({ fails: null, sum: 2 });
  expect(errors).toMatchObject([
    { message: 'Internal server error', path: ['fails'], extensions: { errorId: expect.any(String) } },
  ]);
  expect(JSON.stringify(errors)).not.toContain('secret-table');
});

test('a null where there can be none takes the data', async () => {
  expect(await ask('{ must }')).toMatchObject({ data: null, errors: [{ path: ['must'] }] });
});

test.each([
  ['{', {}, 'GRAPHQL_PARSE_FAILED'],
  ['{ nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['query ($a: Int!) { sum(a: $a) }', { a: 'x' }, 'BAD_USER_INPUT'],
  ['query ($a: Int!) { sum(a: $a) }', {}, 'BAD_USER_INPUT'],
])('%s with %j has the code %s', async (query, variables, code) => {
  const { data, errors } = await ask(query, variables);
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code } }]);
});

test.each(['{ _service { sdl } }', '{ __schema { types { name } } }', '{ __type(name: "Thing") { name } }'])(
  'where the schema is not shown, %s is refused',
  async (query) => {
    expect((await run({ query }, {})).data).toBeTruthy();
    const { data, errors } = await hidden({ query }, {});
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ message: 'The schema is not shown here.' }]);
  },
);

const LONE = 'a\ud800';

test.each<[string, string, Record<string, unknown>, RegExp]>([
  ['a scalar', 'query ($of: Day!) { day(of: $of) }', { of: LONE }, /^\$of must be Unicode text/],
  [
    'a key of an entity',
    'query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }',
    {
      all: [
        { __typename: 'Thing', id: '1' },
        { __typename: 'Thing', id: LONE },
      ],
    },
    /^\$all\.1\.id must be/,
  ],
  ['the name of a member', 'query ($of: Day!) { day(of: $of) }', { of: { [LONE]: 1 } }, /^\$of must be/],
  ['a variable that nothing uses', '{ fails }', { other: [[LONE]] }, /^\$other\.0\.0 must be/],
])('half of a surrogate pair in %s is the client’s mistake', async (_, query, variables, message) => {
  expect(await ask(query, variables)).toEqual({
    errors: [{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test.each([`{ day(of: "${LONE}") }`, '{ day(of: "\\ud800") }', '{ day(of: """\udc00""") }'])(
  'half of a surrogate pair in the text %j is a mistake of its syntax',
  async (query) => {
    expect(await ask(query)).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  },
);

test('variables as deep as a client likes are read, and characters of two units are text', async () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}"${LONE}"${']'.repeat(50_000)}`);
  expect(await ask('{ fails }', { deep })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(await ask('query ($of: Day!) { day(of: $of) }', { of: '🏡' })).toEqual({ data: { day: '🏡' } });
});
