import { parse } from 'graphql';
import { domainWords, wordsIn } from './domain-words.ts';

const document = parse(`
  type Query { tree: Tree }
  type Tree @key(fields: "id") { id: ID! leaf: Leaf }
  type Leaf { size: Int }
  interface AppleTree @key(fields: "id") { id: ID! }
  type User @key(fields: "id") { id: ID! }
`);

test('domain words are from the names of graph, services and entities, in the singular', () => {
  const words = domainWords('orchard', [{ name: 'cherry-trees', document }]);
  expect([...words].sort()).toEqual(['apple', 'cherry', 'orchard', 'tree']);
});

test.each([
  ['treesIn(TreeStore)', ['tree', 'in', 'tree', 'store']],
  ['CHERRIES_PER_DAY', ['cherry', 'per', 'day']],
  ['class trespass', ['class', 'trespass']],
])('splits %s into %p', (text, words) => {
  expect(wordsIn(text)).toEqual(words);
});
