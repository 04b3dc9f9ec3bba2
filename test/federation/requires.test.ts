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
  test('sends the subgraph fields of another, with their arguments', async () => {
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

  test('keeps its arguments if the client selects the same field with others', async () => {
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

  test('sends one subgraph the same field with different arguments', async () => {
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

  test('may need fields with requirements of their own, back and forth between two subgraphs', async () => {
    const years: Record<string, number> = { new: 1, old: 30 };
    const feed = service(
      'feed',
      `type Query { notes: [Note!]! }
       type Note @key(fields: "id") { id: ID! isEarly: Boolean @external isLate: Boolean @requires(fields: "isEarly") }
       type Writer @key(fields: "id") { id: ID! years: Int! }`,
      {
        Query: { notes: () => [{ id: 'n1' }, { id: 'n2' }] },
        Note: { isLate: ({ isEarly }: { isEarly?: boolean }) => (isEarly === undefined ? null : !isEarly) },
        Writer: { __resolveReference: ({ id }: { id: string }) => ({ id, years: years[id] }) },
      },
    );
    const writers = service(
      'writers',
      `type Note @key(fields: "id") { id: ID! writer: Writer! isEarly: Boolean @requires(fields: "writer { years }") }
       type Writer @key(fields: "id") { id: ID! years: Int! @external }`,
      {
        Note: {
          __resolveReference: (key: { id: string; writer?: object }) => ({
            writer: { id: key.id === 'n1' ? 'new' : 'old' },
            ...key,
          }),
          isEarly: ({ writer }: { writer: { years?: number } }) =>
            writer.years === undefined ? null : writer.years < 5,
        },
      },
    );
    const graph = await gateway([feed, writers]);
    const { data, errors } = await graph.execute('{ notes { isEarly isLate } }');
    expect(errors).toBeUndefined();
    expect(data.notes).toEqual([
      { isEarly: true, isLate: false },
      { isEarly: false, isLate: true },
    ]);
    expect((await graph.execute('{ notes { isLate } }')).data.notes).toEqual([{ isLate: false }, { isLate: true }]);
  });

  test('may need fields in lists of joined objects; an unresolved one makes only its own field null', async () => {
    const posts = service(
      'posts',
      `type Query { posts: [Post!]! } type Post @key(fields: "id") { id: ID! comments: [Comment!]! } type Comment @key(fields: "id") { id: ID! }`,
      {
        Query: {
          posts: () => [
            { id: 'p1', comments: [{ id: 'c1' }, { id: 'c2' }] },
            { id: 'p2', comments: [{ id: 'none' }] },
          ],
        },
      },
    );
    const comments = service('comments', `type Comment @key(fields: "id") { id: ID! author: String! }`, {
      Comment: { __resolveReference: ({ id }: { id: string }) => (id === 'none' ? null : { id, author: `by ${id}` }) },
    });
    const digests = service(
      'digests',
      `type Post @key(fields: "id") { id: ID! comments: [Comment!]! @external digest: String @requires(fields: "comments { author }") }
       type Comment @key(fields: "id") { id: ID! author: String! @external }`,
      {
        Post: {
          digest: ({ comments: all }: { comments: { author: string }[] }) => all.map(({ author }) => author).join(),
        },
      },
    );
    const graph = await gateway([posts, comments, digests]);
    const { data } = await graph.execute('{ posts { id digest } }');
    expect(data.posts).toEqual([
      { id: 'p1', digest: 'by c1,by c2' },
      { id: 'p2', digest: null },
    ]);
  });
});
