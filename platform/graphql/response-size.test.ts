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

async function answer(source: string, maxBytes = 1_000, variableValues = {}) {
  const { data, errors } = await graphql({ schema, source, variableValues });
  expect(errors).toBeUndefined();
  return limitSize({ data: data as Record<string, unknown> }, { query: source }, schema, maxBytes);
}

test('an answer that fits is left as it is', async () => {
  const query = '{ books(first: 3) { id } }';
  const bytes = Buffer.byteLength('{"data":{"books":[{"id":"0"},{"id":"1"},{"id":"2"}]}}');
  expect((await answer(query, bytes)).data).toEqual({ books: [{ id: '0' }, { id: '1' }, { id: '2' }] });
  expect(await answer(query, bytes - 1)).toEqual({
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
    'what a fragment asks for',
    '{ ...all } fragment all on Query { books(first: 100) { ... on Book { title } } }',
    '"first" of "books"',
  ],
  ['arguments that the schema says nothing of', '{ words(about: "x") }', '"about" of "words"'],
  ['of several the greatest', '{ books(first: 2) { id } letter a: words(about: "y") }', '"about" of "words"'],
])('the error names the arguments of %s', async (_, query, named) => {
  const [error] = (await answer(query)).errors ?? [];
  expect(error?.message).toContain(`Ask for less by the arguments `);
  expect(error?.message).toContain(named);
});

test('entities are what the gateway asks for: the arguments below them are named', async () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Book { loans(from: 0, to: 500) } }
  }`;
  const [error] = (await answer(query, 1_000, { representations: [{ __typename: 'Book', id: '1' }] })).errors ?? [];
  expect(error?.message).toMatch(
    /bytes: at most 1,000 are allowed. Ask for less by the arguments "from", "to" of "loans".$/,
  );
});

test('bytes count, not characters; without arguments there is nothing to name', async () => {
  expect((await answer('{ letter }')).errors?.[0]?.message).toMatch(
    /^The answer would have 1,\d\d\d bytes: .* Ask for less.$/,
  );
});

test('a mutation was done, whatever its answer', async () => {
  expect((await answer('mutation { print(first: 200) { id } }')).errors?.[0]?.message).toMatch(
    /The change itself was made.$/,
  );
});
