import { GraphQLError } from 'graphql';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import { testSubgraph, viewer } from './subgraph.ts';

const orders = testSubgraph({
  typeDefs: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
    type Query { mine: [Order!] }
    type Order @key(fields: "id") @key(fields: "shop { id } number") { id: ID! number: Int shop: Shop buyer: String secret: String }
    type Shop @key(fields: "id", resolvable: false) { id: ID! }
    type Product @key(fields: "id") { id: ID! weight: Int @external shipping: Int @requires(fields: "weight") }`,
  resolvers: {
    Order: {
      __resolveReference: ({ id, number }: { id?: string; number?: number }) =>
        id === 'none' ? null : { id: id ?? `o${number}`, number: number ?? 1 },
      buyer: (_: unknown, __: unknown, context: RequestContext) => context.viewer?.id,
      secret: () => {
        throw new GraphQLError('Not yours.', { extensions: { code: 'FORBIDDEN' } });
      },
    },
    Product: { shipping: ({ weight }: { weight: number }) => weight * 2 },
  },
  context: (request) => request,
});

test('an entity is resolved by each of its keys, and is null if it does not exist', async () => {
  expect(await orders.entity('Order', { id: 'o7' }, '{ id number }')).toEqual({ id: 'o7', number: 1 });
  expect(await orders.entity('Order', { shop: { id: 's' }, number: 8 }, '{ id }')).toEqual({ id: 'o8' });
  expect(await orders.entities('Order', [{ id: 'none' }, { id: 'o9' }], '{ id }')).toEqual([null, { id: 'o9' }]);
});

test('the representation carries external fields', async () => {
  expect(await orders.entity('Product', { id: 'p', weight: 21 }, '{ shipping }')).toEqual({ shipping: 42 });
});

test('a viewer is set for all later operations', async () => {
  const ada = orders.as(viewer('ada'));
  expect(await ada.entity('Order', { id: 'o1' }, '{ buyer }')).toEqual({ buyer: 'ada' });
  expect(await orders.entity('Order', { id: 'o1' }, '{ buyer }')).toEqual({ buyer: null });
  expect((await ada('{ mine { id } }')).data).toEqual({ mine: null });
});

test.each([
  [
    'Order',
    { number: 8 },
    '{ id }',
    'A representation of Order needs all fields of a key: "id" or "shop { id } number".',
  ],
  [
    'Product',
    { id: 'p' },
    '{ shipping }',
    'Product.shipping requires weight: add it to the representation, as the gateway does.',
  ],
  ['Query', { id: 'p' }, '{ mine { id } }', '"Query" is no entity of this subgraph: it has no @key.'],
  ['Order', { id: 'o1' }, '{ secret }', 'FORBIDDEN: Not yours.'],
])(
  'an entity request that the gateway would not send, or that fails, throws the reason: %s by %j with %s',
  async (type, representation, selection, message) => {
    await expect(orders.entity(type, representation, selection)).rejects.toThrow(message);
  },
);
