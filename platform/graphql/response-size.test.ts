import { graphql } from 'graphql';
import { limitSize } from './response-size.ts';
import { subgraphSchema } from './subgraph-executor.ts';

const schema = subgraphSchema({
  typeDefs: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@listSize"])
    directive @listBound(maximum: Int!, days: [String!]) on FIELD_DEFINITION
    type Query {
      books(topic: String, first: Int! = 10): [Book!] @listSize(slicingArguments: ["first"])
      letter: String
      words(about: String): [String]
    }
    type Mutation { print(first: Int!): [Book] @listSize(slicingArguments: ["first"]) }
    type Book @key(fields: "id") {
      id: ID!
      title: String
      loans(from: Int!, to: Int!): [Int] @listBound(maximum: 99, days: ["from", "to"])
      pages(first: Int!): [Int] @listSize(slicingArguments: ["first"])
    }`,
  resolvers: {
    Query: {
      books: (_: unknown, { first }: { first: number }) => books(first),
      letter: () => 'é'.repeat(600),
      words: () => Array.from({ length: 300 }, () => 'word'),
    },
    Mutation: { print: (_: unknown, { first }: { first: number }) => books(first) },
    Book: {
      __resolveReference: ({ id }: { id: string }) => ({ id, title: 'T' }),
      loans: (_: unknown, { from, to }: { from: number; to: number }) => numbers(to - from),
      pages: (_: unknown, { first }: { first: number }) => numbers(first),
    },
  },
  context: (request) => request,
});
const numbers = (length: number) => Array.from({ length }, (_, i) => i);
const books = (length: number) => numbers(length).map((id) => ({ id, title: 'T' }));

async function run(source: string, maxBytes = 1_000, variableValues = {}) {
  const { data, errors } = await graphql({ schema, source, variableValues });
  expect(errors).toBeUndefined();
  return limitSize({ data: data as Record<string, unknown> }, { query: source }, schema, maxBytes);
}

test('a response within the limit is unchanged', async () => {
  const query = '{ books(first: 3) { id } }';
  const bytes = Buffer.byteLength('{"data":{"books":[{"id":"0"},{"id":"1"},{"id":"2"}]}}');
  expect((await run(query, bytes)).data).toEqual({ books: [{ id: '0' }, { id: '1' }, { id: '2' }] });
  expect(await run(query, bytes - 1)).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'RESPONSE_TOO_LARGE' } }],
  });
});

test.each([
  ['a list', '{ books(first: 100) { id } }', '"first" of "books"'],
  [
    'a list within a short one',
    '{ books(first: 2) { pages(first: 900) } }',
    '"first" of "books", or "first" of "pages"',
  ],
  [
    'aliases',
    '{ books(first: 1) { a: loans(from: 0, to: 90) b: loans(from: 1, to: 91) c: loans(from: 2, to: 92) d: loans(from: 3, to: 93) } }',
    '"from", "to" of "loans"',
  ],
  [
    'a field in a fragment',
    '{ ...all } fragment all on Query { books(first: 100) { ... on Book { title } } }',
    '"first" of "books"',
  ],
  ['a list without a hint in the schema', '{ words(about: "x") }', '"about" of "words"'],
  ['the largest of several fields', '{ books(first: 2) { id } letter a: words(about: "y") }', '"about" of "words"'],
])('the error names the arguments of %s', async (_, query, named) => {
  const [error] = (await run(query)).errors ?? [];
  expect(error?.message).toContain(`Request fewer objects by the arguments `);
  expect(error?.message).toContain(named);
});

test('the error names arguments below _entities, not its own', async () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Book { loans(from: 0, to: 500) } }
  }`;
  const [error] = (await run(query, 1_000, { representations: [{ __typename: 'Book', id: '1' }] })).errors ?? [];
  expect(error?.message).toMatch(
    /bytes, more than the maximum of 1,000. Request fewer objects by the arguments "from", "to" of "loans".$/,
  );
});

test('the size is in bytes, and without arguments the error names none', async () => {
  expect((await run('{ letter }')).errors?.[0]?.message).toMatch(
    /^The response has 1,\d\d\d bytes, .* Request fewer objects.$/,
  );
});

test('the error says that a mutation has been executed', async () => {
  expect((await run('mutation { print(first: 200) { id } }')).errors?.[0]?.message).toMatch(
    /The mutation has been executed.$/,
  );
});
