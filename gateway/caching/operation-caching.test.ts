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
  ['a scalar field inherits from its object', '{ hotel { stars } }', 'max-age=300, public'],
  ['the shortest age applies', '{ hotel { stars rooms { id } } kept }', 'max-age=30, public'],
  ['an object inherits with inheritMaxAge', '{ hotel { price { amount } } }', 'max-age=300, public'],
  ['an object without a hint is not cached', '{ hotel { buyer { name } } }', 'no-store'],
  ['a scalar root field without a hint is not cached', '{ hotel { stars } name }', 'no-store'],
  ['one private field makes the response private', '{ hotel { owner { name } } }', 'max-age=60, private'],
  ['fragments are included', '{ hotel { ...f } } fragment f on Hotel { rooms { id } }', 'max-age=40, public'],
  ["an interface's field has the hints of all implementing types", '{ any { label } }', 'max-age=20, public'],
  ['__typename has no effect', '{ __typename hotel { __typename stars } }', 'max-age=300, public'],
  ['introspection is not cached', '{ hotel { stars } __schema { queryType { name } } }', 'no-store'],
  ['a mutation is not cached', 'mutation { rename { stars } }', 'no-store'],
])('%s', (_, query, expected) => {
  const { definitions } = parse(query);
  const [operation] = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  if (!operation) throw new Error('no operation');
  const policy = operationCachePolicy(operation, new Map(fragments.map((each) => [each.name.value, each])), rules);
  expect(cacheControl(policy)).toBe(expected);
});
