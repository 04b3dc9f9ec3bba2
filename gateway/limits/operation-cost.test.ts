import { buildASTSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { costHints } from './cost-hints.ts';
import { estimateCost } from './estimate-cost.ts';
import { operationCost } from './operation-cost.ts';

const SDL = parse(`
  directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  directive @listBound(maximum: Int!, slicingArguments: [String!], days: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  scalar Date
  type Query {
    openings(from: Date!, to: Date!): [Thing!] @listBound(maximum: 366, days: ["from", "to"])
    stats(of: Range! = {}): Stats @listBound(maximum: 31, days: ["of.from", "of.to"], sizedFields: ["days"])
    byIds(ids: [ID!]! = ["a", "b"]): [Thing] @listBound(maximum: 50, slicingArguments: ["ids"])
    one: Thing
    many: [Thing!]!
    fixed: [Thing] @listSize(assumedSize: 3)
    page(first: Int! = 20): Page! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
    search(by: Search): [Thing] @listSize(slicingArguments: ["by.limit"])
    deep(by: Search!): [Thing] @listSize(slicingArguments: ["by.page.first"])
    dear(exact: Boolean @cost(weight: "7")): Int @cost(weight: "5")
    any: [Any]
  }
  type Mutation { change: Thing }
  input Search { limit: Int = 4 page: Paging }
  input Paging { first: Int! = 25 }
  input Range { from: Date = "2030-01-01" to: Date = "2030-01-07" }
  type Stats { days: [Thing!]! }
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
  return estimateCost(
    operationCost(operation, new Map(fragments.map((each) => [each.name.value, each])), rules),
    variables,
  );
}

test.each([
  ['a scalar costs 0, an object 1', '{ one { name } }', 1],
  ['a list has the assumed length', '{ many { name } }', 10],
  ['lists multiply', '{ many { more { more { name } } } }', 10 * (1 + 10 * (1 + 10))],
  ["the schema's length overrides the assumed one", '{ fixed { name } }', 3],
  ['a page has the requested length', '{ page(first: 5) { total edges { node { name } } } }', 1 + 5 * 2],
  ["a page has the schema's default length", '{ page { edges { node { name } } } }', 1 + 20 * 2],
  ['a size may be in an input', '{ search(by: { limit: 6 }) { name } }', 6],
  ["a size omitted in an input has the schema's default", '{ search(by: {}) { name } }', 4],
  ['a size may be nested in an input', '{ deep(by: { page: { first: 8 } }) { name } }', 8],
  ['a default may be nested in an input', '{ deep(by: { page: {} }) { name } }', 25],
  ['without a nested size, the list has the assumed length', '{ deep(by: {}) { name } }', 10],
  ['a range of days has one item per day', '{ openings(from: "2030-01-01", to: "2030-12-31") { name } }', 365],
  ['a range of one day has one item', '{ openings(from: "2030-01-01", to: "2030-01-01") { name } }', 1],
  ['a range that ends before it begins has no items', '{ openings(from: "2030-01-02", to: "2030-01-01") { name } }', 0],
  ['a range is limited by its maximum', '{ openings(from: "0001-01-01", to: "9999-12-31") { name } }', 366],
  ['a range with invalid days has the maximum length', '{ openings(from: "soon", to: "later") { name } }', 366],
  [
    'a range may be in an input, and apply to a child field',
    '{ stats(of: { to: "2030-01-10" }) { days { name } } }',
    1 + 10,
  ],
  ["a range may have the schema's default", '{ stats { days { name } } }', 1 + 7],
  ['a list of ids has the length of the argument', '{ byIds(ids: ["x", "y", "z"]) { name } }', 3],
  ["a list of ids may have the schema's default", '{ byIds { name } }', 2],
  ['a field and an argument may have a weight', '{ dear(exact: true) }', 12],
  ['an omitted argument costs nothing', '{ dear }', 5],
  ['a type may have a weight', '{ one { heavy { name } } }', 31],
  [
    'fragments are included',
    '{ any { ...t ... on Heavy { name } } } fragment t on Thing { heavy { name } }',
    10 * (1 + 30),
  ],
  ['a mutation costs 10 more', 'mutation { change { name } }', 11],
  ['introspection costs nothing', '{ __schema { types { fields { name } } } __typename }', 0],
])('%s: %s', (_, query, expected) => {
  expect(cost(query)).toBe(expected);
});

test('a variable may have the name of an Object.prototype member', () => {
  const query = 'query ($constructor: Int! = 50) { page(first: $constructor) { edges { node { name } } } }';
  expect(cost(query)).toBe(1 + 50 * 2);
});

test('sizes come from variables or their defaults', () => {
  const query =
    'query ($n: Int! = 7, $by: Search) { page(first: $n) { edges { node { name } } } search(by: $by) { name } }';
  expect(cost(query, { n: 2, by: { limit: 9 } })).toBe(1 + 2 * 2 + 9);
  expect(cost(query)).toBe(1 + 7 * 2 + 10);
});

test.each<[string, string, Record<string, unknown>, number]>([
  [
    'a range',
    'query ($a: Date!, $b: Date!) { openings(from: $a, to: $b) { name } }',
    { a: '2030-01-01', b: '2030-03-01' },
    60,
  ],
  ['one end of a range', 'query ($b: Date!) { openings(from: "2030-01-01", to: $b) { name } }', { b: '2030-01-03' }, 3],
  [
    'a range that is not a string',
    'query ($b: Date!) { openings(from: "2030-01-01", to: $b) { name } }',
    { b: [1] },
    366,
  ],
  ["a range's default", 'query ($b: Date = "2030-01-02") { openings(from: "2030-01-01", to: $b) { name } }', {}, 2],
  ['ids', 'query ($ids: [ID!]!) { byIds(ids: $ids) { name } }', { ids: ['a', 'b', 'c', 'd'] }, 4],
  ['more ids than the maximum', 'query ($ids: [ID!]!) { byIds(ids: $ids) { name } }', { ids: Array(99).fill('a') }, 50],
  ['an input without its size', 'query ($by: Search) { search(by: $by) { name } }', { by: {} }, 4],
  [
    'an input without its size, and a default',
    'query ($by: Search = { limit: 9 }) { search(by: $by) { name } }',
    { by: {} },
    4,
  ],
  ['an omitted input', 'query ($by: Search = { limit: 9 }) { search(by: $by) { name } }', {}, 9],
  ['a size within a literal', 'query ($n: Int) { deep(by: { page: { first: $n } }) { name } }', { n: 3 }, 3],
])('%s may come from a variable', (_, query, variables, expected) => {
  expect(cost(query, variables)).toBe(expected);
});

test('a negative size counts as zero, and one that is not a number as the assumed length', () => {
  const query = 'query ($n: Int!) { page(first: $n) { edges { node { name } } } }';
  expect(cost(query, { n: -5 })).toBe(1);
  expect(cost(query, { n: 'many' })).toBe(1 + 10 * 2);
});
