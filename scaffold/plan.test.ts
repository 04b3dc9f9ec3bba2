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

test('an entity may be named otherwise, and events come with who publishes them', () => {
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
  ['is no name', ['Gift_Cards'], /is no name for a service.* Perhaps "gift-cards"\?/],
  ['has a digit first', ['2gether'], /is no name for a service.* Perhaps "gether"\?/],
  ['is too long', ['a-name-that-has-no-end-at-all'], /has 29 characters; .* Perhaps "a-name-that-has-no-end"\?/],
  ['is too short', ['ab'], /has 2 characters/],
  ['is reserved', ['gateway'], /"gateway" is reserved/],
  ['looks like a consumer', ['loan-consumer'], /is reserved/],
  ['exists', ['loans'], /There is a service "loans" already/],
  ['has an entity in other letters', ['wishes', { entity: 'giftCard' }], /PascalCase.* Perhaps "GiftCard"\?/],
  ['has an entity that the graph has', ['volumes', { entity: 'Book' }], /has a type "Book" already/],
  ['has an entity whose field the graph has', ['counts', { entity: 'Figure' }], /has a root field "figures" already/],
  ['has an entity that means something', ['maps'], /"Map" already means something/],
  ['has an entity that is a file', ['contexts'], /"Context" already means something/],
  [
    'extends what is not there',
    ['wishes', { extends: 'Bok' }],
    /no entity "Bok"\. Perhaps "Book"\? The entities are .*Loan, /,
  ],
  ['extends what is no entity', ['wishes', { extends: 'Genre' }], /"Genre" is no entity: it has no @key/],
  [
    'consumes what nobody publishes',
    ['wishes', { consumes: ['LoanStart'] }],
    /Perhaps "LoanStarted"\? The events are /,
  ],
])('a subgraph that %s is refused, with the reason', (_, args, message) => {
  expect(() => plan(...args)).toThrow(message);
});

test('what is written depends on what was asked for', () => {
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
