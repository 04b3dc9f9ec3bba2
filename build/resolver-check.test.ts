import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ResolverMap, unmatchedResolverMessages, unmatchedResolvers } from './resolver-check.ts';

const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar Day
  enum Size { SMALL LARGE }
  interface Node { id: ID! }
  type Thing implements Node @key(fields: "id") { id: ID! title: String }
  union Found = Thing
  type Query { thing: Thing }`;
const resolve = () => null;

test('accepts resolvers of fields, entities, abstract types, scalars and enum values', () => {
  const matching: ResolverMap = {
    Query: { thing: resolve },
    Thing: { __resolveReference: resolve, __isTypeOf: resolve, title: resolve },
    Found: { __resolveType: resolve },
    Node: { __resolveType: resolve },
    Day: { serialize: resolve },
    Size: { SMALL: 1 },
  };
  expect(unmatchedResolvers(SDL, matching)).toEqual([]);
});

test.each<[ResolverMap, string, string | undefined]>([
  [{ Query: { thnig: resolve } }, 'Query.thnig', 'thing'],
  [{ Thing: { __resolveRefernce: resolve } }, 'Thing.__resolveRefernce', '__resolveReference'],
  [{ Thign: { title: resolve } }, 'Thign', 'Thing'],
  [{ Mutation: { make: resolve } }, 'Mutation', undefined],
  [{ Found: { title: resolve } }, 'Found.title', undefined],
  [{ Size: { SMAL: 1 } }, 'Size.SMAL', 'SMALL'],
])('reports an unmatched resolver with a suggestion: %j', (resolvers, name, near) => {
  expect(unmatchedResolvers(SDL, resolvers)).toMatchObject([{ name, near }]);
});

test('reports the file of an unmatched resolver', async () => {
  const root = mkdtempSync(join(tmpdir(), 'resolvers-'));
  const write = (file: string, text: string) => writeFileSync(join(root, 'subgraphs/things', file), text);
  mkdirSync(join(root, 'subgraphs/things/resolvers'), { recursive: true });
  write('schema.graphql', SDL);
  write('resolvers/thing.ts', 'export const Thing = { titel: () => null };');
  write('resolvers/index.ts', "import { Thing } from './thing.ts'; export const resolvers = { Thing };");
  expect(await unmatchedResolverMessages(root)).toEqual([
    'subgraphs/things/resolvers/thing.ts: the resolver Thing.titel matches nothing in subgraphs/things/schema.graphql. Perhaps "title"?',
  ]);
  rmSync(root, { recursive: true });
});
