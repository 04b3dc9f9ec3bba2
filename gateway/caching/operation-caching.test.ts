import { buildASTSchema, Kind, parse } from 'graphql';
import { cacheHints } from './cache-hints.ts';
import { cacheControl } from './cache-policy.ts';
import { operationCachePolicy } from './operation-caching.ts';

const SDL = parse(`
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  type Query { hotel: Hotel @cacheControl(maxAge: 300) name: String kept: String @cacheControl(maxAge: 30) any: Place @cacheControl(maxAge: 90) }
  type Mutation { rename: Hotel @cacheControl(maxAge: 300) }
  interface Place { label: String }
  type Hotel implements Place { label: String @cacheControl(maxAge: 20) stars: Int rooms: [Room] price: Price owner: Owner @cacheControl(maxAge: 60, scope: PRIVATE) buyer: Owner }
  type Room @cacheControl(maxAge: 40) { id: ID }
  type Price @cacheControl(inheritMaxAge: true) { amount: Int }
  type Owner { name: String }
`);
const rules = { schema: buildASTSchema(SDL), hints: cacheHints(SDL) };

test.each([
  ['a leaf is kept as long as its object', '{ hotel { stars } }', 'max-age=300, public'],
  ['the strictest counts', '{ hotel { stars rooms { id } } kept }', 'max-age=30, public'],
  ['an object inherits where its type says so', '{ hotel { price { amount } } }', 'max-age=300, public'],
  ['an object without a hint is not kept', '{ hotel { buyer { name } } }', 'no-store'],
  ['a leaf at the top without a hint is not kept', '{ hotel { stars } name }', 'no-store'],
  ['what is private anywhere is private', '{ hotel { owner { name } } }', 'max-age=60, private'],
  ['fragments count', '{ hotel { ...f } } fragment f on Hotel { rooms { id } }', 'max-age=40, public'],
  ['a field of an interface is what it may be on any type', '{ any { label } }', 'max-age=20, public'],
  ['type names say nothing of their own', '{ __typename hotel { __typename stars } }', 'max-age=300, public'],
  ['the schema is not kept', '{ hotel { stars } __schema { queryType { name } } }', 'no-store'],
  ['a mutation is not kept', 'mutation { rename { stars } }', 'no-store'],
])('%s', (_, query, expected) => {
  const { definitions } = parse(query);
  const [operation] = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  if (!operation) throw new Error('no operation');
  const policy = operationCachePolicy(operation, new Map(fragments.map((each) => [each.name.value, each])), rules);
  expect(cacheControl(policy)).toBe(expected);
});
