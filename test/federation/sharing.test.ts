import { gateway, service } from './gateway.ts';

describe('fields of several subgraphs', () => {
  const catalogue = (extra = '') =>
    service(
      'catalogue',
      `type Query { product: Product }
       type Product @key(fields: "id") { id: ID! name: String! @shareable price: Int ${extra} }`,
      {
        Query: { product: () => ({ id: 'p1', name: 'Table', price: 10, stock: 1 }) },
        Product: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Table', price: 10, stock: 1 }) },
      },
    );

  test('@provides saves the join, only on the field that has it', async () => {
    const remarks = service(
      'remarks',
      `type Query { best: Remark @provides(fields: "product { name }") worst: Remark }
       type Remark { product: Product }
       type Product @key(fields: "id") { id: ID! name: String! @external }`,
      { Query: { best: () => ({ product: { id: 'p1', name: 'Table' } }), worst: () => ({ product: { id: 'p1' } }) } },
    );
    const graph = await gateway([catalogue(), remarks]);
    await expect(graph.execute('{ best { product { name } } }')).resolves.toMatchObject({
      data: { best: { product: { name: 'Table' } } },
    });
    expect(graph.calls.map(({ service: name }) => name)).toEqual(['remarks']);
    await expect(graph.execute('{ worst { product { name } } }')).resolves.toMatchObject({
      data: { worst: { product: { name: 'Table' } } },
    });
    expect(graph.calls.map(({ service: name }) => name)).toEqual(['remarks', 'catalogue']);
  });

  test('@provides covers nested objects and members of a union', async () => {
    const shop = service(
      'shop',
      `type Query { offers: [Offer!]! @provides(fields: "... on Bundle { main { name } }") }
       union Offer = Bundle | Voucher
       type Bundle { main: Product! } type Voucher { worth: Int! }
       type Product @key(fields: "id") { id: ID! name: String! @external }`,
      {
        Query: {
          offers: () => [
            { __typename: 'Bundle', main: { id: 'p1', name: 'Table' } },
            { __typename: 'Voucher', worth: 5 },
          ],
        },
      },
    );
    const graph = await gateway([catalogue(), shop]);
    const { data } = await graph.execute('{ offers { ... on Bundle { main { name } } ... on Voucher { worth } } }');
    expect(data.offers).toEqual([{ main: { name: 'Table' } }, { worth: 5 }]);
    expect(graph.calls).toHaveLength(1);
  });

  test('@override moves a field; one with a label stays until its label is on', async () => {
    const stock = service(
      'stock',
      `type Product @key(fields: "id") {
         id: ID!
         price: Int @override(from: "catalogue")
         stock: Int @override(from: "catalogue", label: "percent(50)")
       }`,
      { Product: { price: () => 20, stock: () => 2 } },
    );
    const graph = await gateway([catalogue('stock: Int'), stock]);
    expect((await graph.execute('{ product { price stock } }')).data).toEqual({ product: { price: 20, stock: 1 } });
  });

  test('a root field of two subgraphs is fetched from both, each for its own fields', async () => {
    const half = (name: string, field: string) =>
      service(
        name,
        `type Query { shop: Shop @shareable } type Shop { ${field}: String! sign: Sign @shareable } type Sign @shareable { text: String }`,
        {
          Query: { shop: () => ({ [field]: name, sign: { text: 'Open' } }) },
        },
      );
    const graph = await gateway([half('a', 'street'), half('b', 'owner')]);
    expect((await graph.execute('{ shop { street owner sign { text } } }')).data).toEqual({
      shop: { street: 'a', owner: 'b', sign: { text: 'Open' } },
    });
  });

  test('inputs are the intersection of all subgraphs’, and inaccessible enum values are hidden', async () => {
    const one = service(
      'one',
      `type Query { sizes(filter: Filter): [Size!] } enum Size { S M L @inaccessible } input Filter { max: Int min: Int }`,
      {
        Query: {
          sizes: (_: unknown, { filter }: { filter?: { max?: number } }) => ['S', 'M', 'L'].slice(0, filter?.max),
        },
      },
    );
    const two = service(
      'two',
      `type Query { other(filter: Filter): Int } enum Size { S M } input Filter { max: Int }`,
      {
        Query: { other: (_: unknown, { filter }: { filter?: { max?: number } }) => filter?.max ?? 0 },
      },
    );
    const graph = await gateway([one, two]);
    expect((await graph.execute('{ sizes(filter: { max: 2 }) other(filter: { max: 3 }) }')).data).toEqual({
      sizes: ['S', 'M'],
      other: 3,
    });
    const refused = await graph.execute('query ($filter: Filter) { sizes(filter: $filter) }', { filter: { min: 1 } });
    expect(refused).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    const hidden = await graph.execute('{ sizes }');
    expect(hidden.data).toEqual({ sizes: null });
    expect(JSON.stringify(hidden.errors)).not.toMatch(/"L"|\bL\b/);
    expect(hidden.errors).toEqual([expect.objectContaining({ path: ['sizes', 2] })]);
  });
});
