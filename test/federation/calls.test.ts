import type { Explanation } from '#platform/telemetry/explanation.ts';
import type { Transport } from '../../gateway/subgraphs/transports/transport.ts';
import { gateway, inProcess, readCall, service } from './gateway.ts';

const products = service(
  'products',
  `type Query { product(id: ID!): Product products: [Product!]! } type Product @key(fields: "id") { id: ID! name: String! maker: Maker! }
   type Maker @key(fields: "id", resolvable: false) { id: ID! }`,
  {
    Query: {
      product: (_: unknown, { id }: { id: string }) => ({ id, name: id, maker: { id: 'm1' } }),
      products: () =>
        Array.from({ length: 100 }, (_, index) => ({ id: `p${index % 10}`, name: '', maker: { id: 'm1' } })),
    },
  },
);
const remarks = service(
  'remarks',
  `type Product @key(fields: "id") { id: ID! stars(scale: Int! = 1): Int text(max: Int! = 9): String broken: String }
   type Maker @key(fields: "id") { id: ID! fame: Int! }`,
  {
    Product: {
      stars: ({ id }: { id: string }, { scale }: { scale: number }) => Number(id.slice(1)) * scale,
      text: (_: unknown, { max }: { max: number }) => 'wonderful'.slice(0, max),
      broken: () => {
        throw new Error('broken');
      },
    },
    Maker: { fame: () => 3 },
  },
);

const hangs: Transport = (_, limit) =>
  new Promise((_resolve, reject) => limit.onExpire(() => reject(new Error('The time is up'))));

describe('calls', () => {
  test('2,000 aliases that need the same join take two calls', async () => {
    const graph = await gateway([products, remarks]);
    const aliases = Array.from({ length: 2_000 }, (_, index) => `a${index}: product(id: "p${index % 50}") { stars }`);
    const { data, errors } = await graph.execute(`{ ${aliases.join(' ')} }`);
    expect(errors).toBeUndefined();
    expect(Object.keys(data)).toHaveLength(2_000);
    expect(data.a1999).toEqual({ stars: 49 });
    expect(graph.calls).toHaveLength(2);
    expect(graph.calls[1]?.variables.representations).toHaveLength(50);
  });

  test('an entity is requested once, however often a list has it', async () => {
    const graph = await gateway([products, remarks]);
    const { data } = await graph.execute('{ products { stars } }');
    expect(data.products).toHaveLength(100);
    expect(graph.calls[1]?.variables.representations).toHaveLength(10);
  });

  test('joins with the same selection share one list of representations', async () => {
    const graph = await gateway([products, remarks]);
    const { data } = await graph.execute('query Named { one: product(id: "p3") { stars } products { stars } }');
    expect(data.one).toEqual({ stars: 3 });
    expect(graph.calls.map(({ service: name }) => name)).toEqual(['products', 'remarks']);
    expect(graph.calls[1]?.query.match(/_entities/g)).toHaveLength(1);
    expect(graph.calls[1]?.variables.representations).toHaveLength(10);
  });

  test('different joins of one subgraph share a call, each with its own variables and errors', async () => {
    const graph = await gateway([products, remarks]);
    const { data, errors } = await graph.execute(
      `query ($scale: Int!, $max: Int! = 4) {
         a: product(id: "p2") { stars(scale: $scale) maker { fame } }
         b: product(id: "p3") { text(max: $max) bad: broken }
       }`,
      { scale: 10 },
    );
    expect(data).toEqual({ a: { stars: 20, maker: { fame: 3 } }, b: { text: 'wond', bad: null } });
    expect(errors).toMatchObject([{ path: ['b', 'bad'], extensions: { serviceName: 'remarks' } }]);
    expect(graph.calls.map(({ service: name }) => name)).toEqual(['products', 'remarks']);
  });

  test('an explained call that several joins share has all of their fetches and entities', async () => {
    const graph = await gateway([products, remarks]);
    graph.runsTwice = false;
    const { data, extensions } = await graph.execute(
      '{ product(id: "p2") { stars maker { fame } } }',
      {},
      { 'x-explain': 'run' },
    );
    expect(data).toEqual({ product: { stars: 2, maker: { fame: 3 } } });
    const explain = extensions?.explain as Explanation;
    expect(explain.plan.map(({ path, requires }) => ({ path, requires }))).toEqual([
      { path: '', requires: undefined },
      { path: 'product', requires: 'Product { __typename id }' },
      { path: 'product.maker', requires: 'Maker { __typename id }' },
    ]);
    expect(explain.calls).toMatchObject([
      { service: 'products', fetches: [0] },
      { service: 'remarks', fetches: [1, 2], entities: 2 },
    ]);
    expect(explain.calls[0]?.entities).toBeUndefined();
  });

  test('a join does not wait for one that hangs', async () => {
    const slow = service(
      'slow',
      'type Query { slow: Product } type Product @key(fields: "id", resolvable: false) { id: ID! }',
      {
        Query: { slow: () => ({ id: 'p1' }) },
      },
    );
    const graph = await gateway([products, remarks, slow], {
      timeout: 1_500,
      transport: (each) => (each.name === 'slow' ? hangs : inProcess(each)),
    });
    const { data, errors } = await graph.execute('{ product(id: "p4") { stars maker { fame } } slow { stars } }');
    expect(data).toEqual({ product: { stars: 4, maker: { fame: 3 } }, slow: null });
    expect(errors).toMatchObject([{ path: ['slow'], extensions: { code: 'SUBGRAPH_TIMEOUT', serviceName: 'slow' } }]);
  });

  test('identical concurrent queries are sent once', async () => {
    const sent: string[] = [];
    const tree = service('tree', 'type Query { left: Branch right: Branch } type Branch { root: Query leaf: Int }', {
      Query: { left: () => ({ leaf: 1, root: {} }), right: () => ({ leaf: 2, root: {} }) },
    });
    const graph = await gateway([tree, products], {
      transport: (each) => (call, limit) => {
        if (each.name === 'products') sent.push(readCall(call).query);
        return inProcess(each)(call, limit);
      },
    });
    graph.runsTwice = false;
    const { data } = await graph.execute(
      '{ left { root { product(id: "p1") { name } } } right { root { product(id: "p1") { name } } } }',
    );
    const found = { root: { product: { name: 'p1' } } };
    expect(data).toEqual({ left: found, right: found });
    expect(sent).toHaveLength(1);
  });
});
