import { gateway, service } from './gateway.ts';

const products = [
  { upc: 'p1', name: 'Table', price: 10, weight: 1 },
  { upc: 'p2', name: 'Chair', price: 20, weight: 2 },
];
const find = (upc: string) => products.find((each) => each.upc === upc);

const catalogue = service(
  'catalogue',
  `type Query { products: [Product] }
   type Product @key(fields: "upc") { upc: String! name: String price(currency: String!): Int weight: Int category: Category }
   type Category { averagePrice(currency: String!): Int }`,
  {
    Query: { products: () => products },
    Product: {
      __resolveReference: ({ upc }: { upc: string }) => find(upc),
      price: ({ price }: { price: number }, { currency }: { currency: string }) => price * (currency === 'EUR' ? 2 : 1),
      category: () => ({}),
    },
    Category: { averagePrice: (_: unknown, { currency }: { currency: string }) => (currency === 'EUR' ? 30 : 15) },
  },
);

const shipping = service(
  'shipping',
  `type Product @key(fields: "upc") {
     upc: String!
     weight: Int @external
     price(currency: String!): Int @external
     category: Category @external
     estimate: Int @requires(fields: "price(currency: \\"USD\\") weight")
     isDear: Boolean @requires(fields: "category { averagePrice(currency: \\"USD\\") }")
   }
   type Category @external { averagePrice(currency: String!): Int }`,
  {
    Product: {
      __resolveReference: (reference: object) => reference,
      estimate: ({ price, weight }: { price: number; weight: number }) => price * weight * 10,
      isDear: ({ category }: { category: { averagePrice: number } }) => category.averagePrice > 20,
    },
  },
);

describe('@requires', () => {
  test('gives the subgraph fields of another, with their arguments', async () => {
    const graph = await gateway([catalogue, shipping]);
    expect(await graph.execute('{ products { name estimate isDear } }')).toEqual({
      status: 200,
      data: {
        products: [
          { name: 'Table', estimate: 100, isDear: false },
          { name: 'Chair', estimate: 400, isDear: false },
        ],
      },
    });
  });

  test('keeps its own arguments where the client asks for the same field with others', async () => {
    const graph = await gateway([catalogue, shipping]);
    const { data, errors } = await graph.execute(
      '{ products { price(currency: "EUR") dollars: price(currency: "USD") estimate } }',
    );
    expect(errors).toBeUndefined();
    expect(data.products).toEqual([
      { price: 20, dollars: 10, estimate: 100 },
      { price: 40, dollars: 20, estimate: 400 },
    ]);
  });

  test('gives two fields of one subgraph the same field with different arguments', async () => {
    const rates = service(
      'rates',
      `type Product @key(fields: "upc") {
         upc: String!
         price(currency: String!): Int @external
         dollars: String @requires(fields: "price(currency: \\"USD\\")")
         euros: String @requires(fields: "price(currency: \\"EUR\\")")
       }`,
      {
        Product: {
          dollars: ({ price }: { price: number }) => `$${price}`,
          euros: ({ price }: { price: number }) => `€${price}`,
        },
      },
    );
    const graph = await gateway([catalogue, rates]);
    const { data, errors } = await graph.execute('{ products { name dollars euros price(currency: "USD") } }');
    expect(errors).toBeUndefined();
    expect(data.products).toEqual([
      { name: 'Table', dollars: '$10', euros: '€20', price: 10 },
      { name: 'Chair', dollars: '$20', euros: '€40', price: 20 },
    ]);
    expect((await graph.execute('{ products { euros } }')).data.products).toEqual([{ euros: '€20' }, { euros: '€40' }]);
    expect(graph.calls).toHaveLength(2);
  });
});
