import { buildASTSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { costHints } from './cost-hints.ts';
import { estimate } from './estimate.ts';
import { costOf } from './operation-cost.ts';

const SDL = parse(`
  directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query {
    one: Thing
    many: [Thing!]!
    fixed: [Thing] @listSize(assumedSize: 3)
    page(first: Int! = 20): Page! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
    search(by: Search): [Thing] @listSize(slicingArguments: ["by.limit"])
    dear(exact: Boolean @cost(weight: "7")): Int @cost(weight: "5")
    any: [Any]
  }
  type Mutation { change: Thing }
  input Search { limit: Int = 4 }
  type Page { edges: [Edge!]! total: Int }
  type Edge { node: Thing! }
  interface Named { name: String }
  type Thing implements Named { name: String heavy: Heavy more: [Thing] }
  type Heavy @cost(weight: "30") { name: String }
  union Any = Thing | Heavy
`);
const rules = { schema: buildASTSchema(SDL), hints: costHints(SDL), assumedListSize: 10 };

function cost(query: string, variables: Record<string, unknown> = {}): number {
  const { definitions } = parse(query);
  const fragments = definitions.filter(
    (each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION,
  );
  const operation = definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error('no operation');
  return estimate(costOf(operation, new Map(fragments.map((each) => [each.name.value, each])), rules), variables);
}

test.each([
  ['a leaf costs nothing, an object 1', '{ one { name } }', 1],
  ['a list counts as long as is assumed', '{ many { name } }', 10],
  ['lists multiply', '{ many { more { more { name } } } }', 10 * (1 + 10 * (1 + 10))],
  ['a length that the schema tells goes first', '{ fixed { name } }', 3],
  ['a page is as long as it is asked for', '{ page(first: 5) { total edges { node { name } } } }', 1 + 5 * 2],
  ["a page is as long as the schema's default", '{ page { edges { node { name } } } }', 1 + 20 * 2],
  ['a size may be in an input', '{ search(by: { limit: 6 }) { name } }', 6],
  ['a field and an argument may have a weight', '{ dear(exact: true) }', 12],
  ['an argument that is not given costs nothing', '{ dear }', 5],
  ['a type may have a weight', '{ one { heavy { name } } }', 31],
  ['fragments count', '{ any { ...t ... on Heavy { name } } } fragment t on Thing { heavy { name } }', 10 * (1 + 30)],
  ['a mutation costs 10 more', 'mutation { change { name } }', 11],
  ['introspection costs nothing', '{ __schema { types { fields { name } } } __typename }', 0],
])('%s: %s', (_, query, expected) => {
  expect(cost(query)).toBe(expected);
});

test('a variable may be called as what every object has', () => {
  const query = 'query ($constructor: Int! = 50) { page(first: $constructor) { edges { node { name } } } }';
  expect(cost(query)).toBe(1 + 50 * 2);
});

test('sizes come from variables, and from their defaults where they are left out', () => {
  const query =
    'query ($n: Int! = 7, $by: Search) { page(first: $n) { edges { node { name } } } search(by: $by) { name } }';
  expect(cost(query, { n: 2, by: { limit: 9 } })).toBe(1 + 2 * 2 + 9);
  expect(cost(query)).toBe(1 + 7 * 2 + 10);
});

test('a size below zero is none, and one that is no number is left to the validation', () => {
  const query = 'query ($n: Int!) { page(first: $n) { edges { node { name } } } }';
  expect(cost(query, { n: -5 })).toBe(1);
  expect(cost(query, { n: 'many' })).toBe(1 + 10 * 2);
});
