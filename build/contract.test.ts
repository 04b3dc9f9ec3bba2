import { composeServices } from '@apollo/composition';
import { parse, printSchema } from 'graphql';
import { readSupergraph } from '../gateway/engine/plan/supergraph.ts';
import { contractSupergraph } from './contract.ts';

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@inaccessible"])`;

/** Composes the supergraph of one subgraph. */
function composeOne(typeDefs: string): string {
  const { supergraphSdl = '', errors } = composeServices([
    { name: 'one', url: 'http://one', typeDefs: parse(`${HEAD}\n${typeDefs}`) },
  ]);
  if (errors) throw new Error(errors.map(String).join());
  return supergraphSdl;
}

/** Prints the API schema of a supergraph on one line. */
function apiSchemaOf(supergraphSdl: string): string {
  return printSchema(readSupergraph(supergraphSdl).schema).replace(/\s+/g, ' ');
}

/** Prints the API schema of a contract. */
function contractSchema(typeDefs: string, tags = ['public']): string {
  return apiSchemaOf(contractSupergraph(composeOne(typeDefs), 'test', tags));
}

const GRAPH = `
  type Query {
    book(by: ID, trick: Int @tag(name: "internal"), hint: Hint): Book @tag(name: "public")
    forced(hint: Hint!): Int @tag(name: "public")
    secret: Int search(filter: Filter): [Book] @tag(name: "public")
  }
  input Hint @tag(name: "internal") { text: String }
  type Mutation { borrow: Loan load: Int @inaccessible @tag(name: "internal") }
  type Book @key(fields: "id") { id: ID! price: Price cost: Int @tag(name: "internal") loans: [Loan] kind: Kind }
  type Price { amount: Int }
  type Loan @tag(name: "app") { member: Member }
  type Member { name: String }
  enum Kind { NOVEL POEM DIARY @tag(name: "internal") }
  input Filter { kind: Kind margin: Int @tag(name: "internal") }
`;

test('a contract includes tagged root fields and the types reachable from them', () => {
  const schema = contractSchema(GRAPH);
  for (const part of ['book(by: ID): Book', 'price: Price', 'type Price', 'NOVEL POEM', 'kind: Kind'])
    expect(schema).toContain(part);
});

test('a contract excludes other tags, untagged root fields and unreachable types', () => {
  const schema = contractSchema(GRAPH);
  for (const part of ['secret', 'Mutation', 'cost', 'Loan', 'Member', 'DIARY', 'margin', 'trick', 'Hint', 'forced'])
    expect(schema).not.toContain(part);
});

test('a contract includes elements of each of its tags', () => {
  expect(contractSchema(GRAPH, ['public', 'internal'])).toContain('cost: Int');
});

test('a contract excludes inaccessible elements', () => {
  expect(contractSchema(GRAPH, ['public', 'internal'])).not.toContain('Mutation');
});

test("another specification's @inaccessible hides nothing", () => {
  const link = '@link(url: "https://specs.shop.test/marks/v1.0", import: [{ name: "@mark", as: "@inaccessible" }])';
  const supergraph = composeOne('type Query { stay: Int @tag(name: "public") secret: Int }')
    .replace('@link(', `${link} @link(`)
    .replace('stay: Int', 'stay: Int @inaccessible')
    .concat('\ndirective @inaccessible on FIELD_DEFINITION\n');
  expect(apiSchemaOf(contractSupergraph(supergraph, 'test', ['public']))).toContain('type Query { stay: Int }');
});

test('throws if a contract has no valid schema', () => {
  expect(() => contractSchema(GRAPH, ['unknown'])).toThrow('The contract "test" has no valid schema');
});
