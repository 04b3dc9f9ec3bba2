import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { buildSchema, parse } from 'graphql';
import { isRegistered, manifestPath, readManifest, register } from './register.ts';

const schema = buildSchema(`
  type Query { book(id: ID!): Book }
  type Mutation { rename(id: ID!, title: String!): Book }
  type Subscription { bookChanged(id: ID!): Book }
  type Book { id: ID! title: String author: Author }
  type Author { name: String }
`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'operations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Returns the manifest of a client with these files. */
function manifest(files: Record<string, string>, ...patterns: string[]) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return readManifest({ name: 'web', documents: patterns.length > 0 ? patterns : ['*'] }, schema, folder);
}

/** Returns the error lines for files. */
async function problems(files: Record<string, string>, ...patterns: string[]): Promise<string[]> {
  const error = await manifest(files, ...patterns).catch((reason: Error) => reason);
  return error instanceof Error ? error.message.split('\n') : [];
}

const FRAGMENTS = {
  'author.graphql': 'fragment AuthorName on Author { name }',
  'book.graphql': 'query Book($id: ID!) { book(id: $id) { title author { ...AuthorName } } }',
};

/** Written by @apollo/generate-persisted-query-manifest 1.4.0 for the same documents. */
const BOOK = `query Book($id: ID!) {
  book(id: $id) {
    title
    author {
      ...AuthorName
      __typename
    }
    __typename
  }
}

fragment AuthorName on Author {
  name
  __typename
}`;

test('registers an operation as Apollo Client sends it, by the hash of its text', async () => {
  expect(await manifest(FRAGMENTS)).toEqual({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id: createHash('sha256').update(BOOK).digest('hex'), name: 'Book', type: 'query', body: BOOK }],
  });
});

test('registers a subscription as Apollo Client sends it', async () => {
  const { operations } = await manifest({ 'a.graphql': 'subscription A { bookChanged(id: 1) { title } }' });
  const body = 'subscription A {\n  bookChanged(id: 1) {\n    title\n    __typename\n  }\n}';
  expect(operations).toMatchObject([{ name: 'A', type: 'subscription', body }]);
});

test("Apollo's link finds the id of an operation in the manifest", async () => {
  const generated = await manifest(FRAGMENTS);
  const { generateHash } = generatePersistedQueryIdsFromManifest({ loadManifest: () => generated });
  expect(await generateHash(parse('query Book { __typename }'))).toBe(generated.operations[0]?.id);
});

test('collects operations from all files, sorted by name', async () => {
  const { operations } = await manifest({
    'z.graphql': 'query B { book(id: 1) { id } } query A { book(id: 2) { id } }',
    'a.tsx': 'const C = gql`mutation C { rename(id: 1, title: "x") { ...Title } }`; const x: Foo = <a>{\'`\'}</a>;',
    'b.js': 'export const Title = graphql(`fragment Title on Book { title }`);',
    'notes.md': 'query Nothing',
  });
  expect(operations.map(({ name, type }) => [name, type])).toEqual([
    ['A', 'query'],
    ['B', 'query'],
    ['C', 'mutation'],
  ]);
});

test('strips client-only directives', async () => {
  const { operations } = await manifest({ 'a.graphql': 'query A { book(id: 1) { title @nonreactive } }' });
  expect(operations[0]?.body).not.toContain('nonreactive');
});

test('reports each error with its file, line and column', async () => {
  const files = {
    'a.graphql': 'query A($id: ID!) {\n  book(id: $id) { pages }\n  shelf\n}',
    'b.ts': 'const B = gql`\n  query B {\n    book { ...Unknown }\n  }`;',
  };
  expect(await problems(files)).toEqual([
    'a.graphql:2:19 Cannot query field "pages" on type "Book".',
    'a.graphql:3:3 Cannot query field "shelf" on type "Query".',
    'b.ts:3:5 Field "book" argument "id" of type "ID!" is required, but it was not provided.',
    'b.ts:3:15 Unknown fragment "Unknown".',
  ]);
});

test.each<[string, Record<string, string>, string]>([
  ['a syntax error', { 'a.graphql': 'query A {\n  book(' }, 'a.graphql:2:8 Syntax Error: Expected Name, found <EOF>.'],
  [
    'an anonymous operation',
    { 'a.graphql': '{ book(id: 1) { id } }' },
    'a.graphql:1:1 Name this query: operations are registered by name.',
  ],
  [
    'a field of another root',
    { 'a.graphql': 'subscription A { book }' },
    'a.graphql:1:18 Cannot query field "book" on type "Subscription".',
  ],
  ['no operation', { 'a.graphql': 'fragment F on Book { id }' }, 'The documents have no operations.'],
  [
    'a schema',
    { 'a.graphql': 'type A { a: Int }' },
    'a.graphql:1:1 This is a type system definition, not an operation or fragment.',
  ],
  [
    'two operations of the same name',
    { 'a.graphql': 'query A { book(id: 1) { id } }', 'b.graphql': 'query A { book(id: 2) { id } }' },
    'a.graphql:1:7 There can be only one operation named "A". (see also b.graphql:1:7)',
  ],
])('rejects %s', async (_, files, problem) => {
  expect(await problems(files)).toEqual([problem]);
});

test('reports code with syntax errors', async () => {
  expect(await problems({ 'a.ts': 'const = gql``;' })).toEqual([expect.stringMatching(/^a\.ts Unexpected token/)]);
});

test('reports a pattern that matches no file', async () => {
  expect(await problems(FRAGMENTS, '*.graphql', 'src/**/*.graphql')).toEqual(['No document matches src/**/*.graphql']);
});

test('a manifest is current until the documents change', async () => {
  const before = await manifest(FRAGMENTS);
  expect(isRegistered('web', before, folder)).toBe(false);
  register('web', before, folder);
  expect(isRegistered('web', before, folder)).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, manifestPath('web', folder)), 'utf8'))).toEqual(before);
  const after = await manifest({ ...FRAGMENTS, 'more.graphql': 'query More { book(id: 1) { id } }' }, '*.graphql');
  expect(isRegistered('web', after, folder)).toBe(false);
});
