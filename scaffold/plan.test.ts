import { LIBRARY } from '../build/discover.ts';
import { type Graph, readGraph } from './graph.ts';
import { planSubgraph } from './plan.ts';
import { subgraphFiles } from './subgraph-files.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await readGraph(LIBRARY);
});

const plan = (name: string, options: { entity?: string; extends?: string; consumes?: string[] } = {}) =>
  planSubgraph({ name, consumes: [], ...options }, graph);

test.each([
  ['wishlists', 'Wishlist', 'wishlists', 'a wishlist'],
  ['gift-cards', 'GiftCard', 'giftCards', 'a gift card'],
  ['policies', 'Policy', 'policies', 'a policy'],
  ['addresses', 'Address', 'addresses', 'an address'],
  ['loyalty', 'Loyalty', 'loyalties', 'a loyalty'],
])('the service %s owns the entity %s', (name, type, many, aThing) => {
  expect(plan(name).entity).toMatchObject({ type, many, aThing });
});

test('takes an explicit entity name, and finds the publisher of each event', () => {
  const { entity, extended, events } = plan('wishlists', {
    entity: 'Wish',
    extends: 'Book',
    consumes: ['LoanStarted', 'LoanStarted'],
  });
  expect(entity).toMatchObject({ type: 'Wish', many: 'wishes' });
  expect(extended).toMatchObject({ type: 'Book', description: 'A book that a member lends.' });
  expect(events).toMatchObject([{ publisher: 'loans', language: 'loanEvents' }]);
});

test.each<[string, Parameters<typeof plan>, RegExp]>([
  ['has an invalid name', ['Gift_Cards'], /is not a valid service name.* Perhaps "gift-cards"\?/],
  ['has a leading digit', ['2gether'], /is not a valid service name.* Perhaps "gether"\?/],
  ['is too long', ['a-name-that-has-no-end-at-all'], /is 29 characters long; .* Perhaps "a-name-that-has-no-end"\?/],
  ['is too short', ['ab'], /is 2 characters long/],
  ['has a reserved name', ['gateway'], /"gateway" is reserved/],
  ['has the suffix of a consumer', ['loan-consumer'], /is reserved/],
  ['exists', ['loans'], /Service "loans" already exists/],
  ['has an entity in camel case', ['wishes', { entity: 'giftCard' }], /PascalCase.* Perhaps "GiftCard"\?/],
  ['has an existing type as entity', ['volumes', { entity: 'Book' }], /already has a type "Book"/],
  ['has an entity with a taken root field', ['counts', { entity: 'Figure' }], /already has a root field "figures"/],
  ['has a JavaScript global as entity', ['maps'], /"Map" already has a meaning/],
  ['has a generated file as entity', ['contexts'], /"Context" already has a meaning/],
  [
    'extends an unknown entity',
    ['wishes', { extends: 'Bok' }],
    /no entity "Bok"\. Perhaps "Book"\? The entities are .*Loan, /,
  ],
  ['extends a type without a key', ['wishes', { extends: 'Genre' }], /"Genre" is not an entity: it has no @key/],
  ['consumes an unpublished event', ['wishes', { consumes: ['LoanStart'] }], /Perhaps "LoanStarted"\? The events are /],
])('a subgraph that %s is refused, with the reason', (_, args, message) => {
  expect(() => plan(...args)).toThrow(message);
});

test('writes resolvers and consumer files only for requested extensions and events', () => {
  const plain = [...subgraphFiles(plan('wishes')).keys()];
  const all = [...subgraphFiles(plan('wishes', { extends: 'Book', consumes: ['LoanStarted'] })).keys()];
  expect(plain).toContain('wish-store.test.ts');
  expect(all.filter((file) => !plain.includes(file))).toEqual([
    'resolvers/book.ts',
    'consumer.ts',
    'count-events.ts',
    'count-events.test.ts',
    'event-count-store.ts',
  ]);
  expect(all.at(-1)).toBe('schema.graphql');
});
