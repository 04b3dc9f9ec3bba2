import { gateway, service } from './gateway.ts';

const shops = service(
  'shops',
  `type Query { shops: [Shop!]! }
   type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! offers: [Offer!]! best: Offer }
   type Offer @key(fields: "id") { id: ID! price(in: String @fromContext(field: "$shop { currency }")): String! }`,
  {
    Query: {
      shops: () => [
        { id: 's1', currency: 'EUR', offers: [{ id: 'o1' }, { id: 'o2' }], best: { id: 'o1' } },
        { id: 's2', currency: 'USD', offers: [{ id: 'o1' }], best: null },
      ],
    },
    Offer: {
      __resolveReference: (key: object) => key,
      price: ({ id }: { id: string }, { in: currency }: { in: string }) => `${id} in ${currency}`,
    },
  },
);
const stock = service('stock', `type Offer @key(fields: "id") { id: ID! left: Int! }`, { Offer: { left: () => 3 } });

describe('@fromContext', () => {
  test('sets an argument from the enclosing object, for each place of an entity', async () => {
    const graph = await gateway([shops, stock]);
    const { data, errors } = await graph.execute('{ shops { offers { price left } best { price } } }');
    expect(errors).toBeUndefined();
    expect(data.shops).toEqual([
      {
        offers: [
          { price: 'o1 in EUR', left: 3 },
          { price: 'o2 in EUR', left: 3 },
        ],
        best: { price: 'o1 in EUR' },
      },
      { offers: [{ price: 'o1 in USD', left: 3 }], best: null },
    ]);
  });
});
