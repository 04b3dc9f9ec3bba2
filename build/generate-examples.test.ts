import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { apiSchema } from './api-schema.ts';
import { supergraphFile } from './compose.ts';
import { LIBRARY } from './discover.ts';
import { generateExamples } from './generate-examples.ts';

const schema = buildSchema(`
  type Query {
    "Orders, newest first."
    orders(first: Int = 20, after: String): OrderConnection!
    order(id: ID!): Order
    search(filter: Filter!): [Found!]!
    count: Int!
  }
  type Mutation { place(input: PlaceInput!): PlaceResult! }
  type OrderConnection { edges: [OrderEdge!]! pageInfo: PageInfo! }
  type OrderEdge { cursor: String! node: Order! }
  type PageInfo { hasNextPage: Boolean! }
  type Order { id: ID! items: [Item!]! buyer(as: ID!): Buyer previous: Order }
  type Item { name: String! order: Order! }
  type Buyer { id: ID! }
  union Found = Order | Item
  input Filter { kind: Kind! text: String tags: [String!]! }
  enum Kind { NEW OLD }
  input PlaceInput { name: String! on: Date! note: String }
  scalar Date
  union PlaceResult = Order | Refused
  type Refused { reason: String! }
`);

test('generates a valid example for each root field', () => {
  const examples = generateExamples(schema);
  expect(examples.map(({ title }) => title)).toEqual(['Orders, newest first.', 'Order', 'Search', 'Count', 'Place']);
  for (const { query } of examples)
    expect({ query, errors: validate(schema, parse(query)) }).toEqual({ query, errors: [] });
});

test('an example selects a short page, the nodes of a list and each member of a union', () => {
  const [orders, , , , place] = generateExamples(schema).map(({ query }) => query.replace(/\s+/g, ' '));
  expect(orders).toContain('orders(first: 5) { edges { cursor node { id');
  expect(place).toContain('place(input: {name: "example", on: "2030-01-31"}) { __typename ... on Order { id');
  expect(place).toContain('... on Refused { reason }');
});

test('generates valid examples for the test graph', () => {
  const api = apiSchema(readFileSync(supergraphFile(LIBRARY), 'utf8'));
  for (const { query } of generateExamples(api))
    expect({ query, errors: validate(api, parse(query)) }).toEqual({ query, errors: [] });
});
