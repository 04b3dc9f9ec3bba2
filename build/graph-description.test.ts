import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { deprecatedFields } from './deprecated-use.ts';
import { describeSupergraph } from './graph-description.ts';

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@external", "@requires", "@shareable", "@inaccessible", {name: "@authenticated", as: "@signedIn"}, "@requiresScopes"])`;

const BOOKS = `
  type Query { book(by: BookBy!): Book }
  input BookBy { id: ID! isbn10: ID @deprecated(reason: "Use isbn.") }
  type Book @key(fields: "id") { id: ID! title: String! isbn10: ID @deprecated(reason: "Use isbn.") weight: Int @inaccessible }
`;
const LOANS = `
  type Book @key(fields: "id") { id: ID! weight: Int @external postage: Int @requires(fields: "weight") }
  type Loan @key(fields: "id", resolvable: false) { id: ID! @signedIn }
  type Query { loan: Loan @requiresScopes(scopes: [["loans:read"]]) }
`;

const { supergraphSdl = '', errors } = composeServices([
  { name: 'books', url: 'lambda://books', typeDefs: parse(HEAD + BOOKS) },
  { name: 'loans', url: 'lambda://loans', typeDefs: parse(HEAD + LOANS) },
]);
if (errors) throw new Error(errors.map(String).join());
const supergraph = parse(supergraphSdl);
const { services, types } = describeSupergraph(supergraph);
const type = (name: string) => types.find((each) => each.name === name);
const field = (of: string, name: string) => type(of)?.fields.find((each) => each.name === name);

test('names the services with their addresses, and no types of specifications', () => {
  expect(services).toEqual([
    { name: 'books', address: 'lambda://books' },
    { name: 'loans', address: 'lambda://loans' },
  ]);
  expect(types.map(({ name }) => name)).not.toContain('join__Graph');
  expect(types[0]?.name).toBe('Query');
});

test('tells which services define an entity by which keys, and which resolve a field', () => {
  expect(type('Book')?.keys).toEqual([
    { service: 'books', fields: 'id', isResolvable: true },
    { service: 'loans', fields: 'id', isResolvable: true },
  ]);
  expect(type('Loan')?.keys).toEqual([{ service: 'loans', fields: 'id', isResolvable: false }]);
  expect(field('Book', 'id')?.services).toEqual(['books', 'loans']);
  expect(field('Book', 'weight')).toMatchObject({ services: ['books'], isHidden: true });
  expect(field('Book', 'postage')).toMatchObject({ services: ['loans'], requires: 'weight' });
});

test('reads access requirements, also under another name', () => {
  expect(field('Loan', 'id')?.access).toEqual(['@authenticated']);
  expect(field('Query', 'loan')?.access).toEqual(['@requiresScopes([["loans:read"]])']);
});

test('lists deprecated fields with the operations that select them', () => {
  const body = 'query Old { book(by: {id: 1, isbn10: 2}) { ...Isbn } } fragment Isbn on Book { isbn10 }';
  const other = 'query New { book(by: {id: 1}) { title } }';
  const operations = [
    { client: 'web', id: '1', name: 'Old', body },
    { client: 'web', id: '2', name: 'New', body: other },
  ];
  const of = { reason: 'Use isbn.', services: ['books'], operations: ['web: Old'] };
  expect(deprecatedFields(supergraph, types, operations)).toEqual([
    { coordinate: 'Book.isbn10', ...of },
    { coordinate: 'BookBy.isbn10', ...of },
  ]);
});
