import { parse } from 'graphql';
import { domainWords, wordsIn } from './domain-words.ts';

const document = parse(`
  type Query { tree: Tree }
  type Tree @key(fields: "id") { id: ID! leaf: Leaf }
  type Leaf { size: Int }
  interface AppleTree @key(fields: "id") { id: ID! }
  type User @key(fields: "id") { id: ID! }
`);

test('the words of a domain are those of its graph, its services and its entities, in the singular', () => {
  const words = domainWords('orchard', [{ name: 'cherry-trees', document }]);
  expect([...words].sort()).toEqual(['apple', 'cherry', 'orchard', 'tree']);
});

test.each([
  ['treesIn(TreeStore)', ['tree', 'in', 'tree', 'store']],
  ['CHERRIES_PER_DAY', ['cherry', 'per', 'day']],
  ['class trespass', ['class', 'trespass']],
])('%s has the words %p', (text, words) => {
  expect(wordsIn(text)).toEqual(words);
});
