import { PAGES } from './data.ts';
import { composeGraph } from './graph.ts';
import { subgraphAnswers } from './subgraph-answers.ts';

const answer = subgraphAnswers();

async function ask(subgraph: string, query: string, variables: object) {
  const body = await answer(`/${subgraph}`, JSON.stringify({ query, variables }));
  return JSON.parse(body.toString('utf8'));
}

function entities(subgraph: string, fields: string, representations: object[]) {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`;
  return ask(subgraph, query, { representations });
}

test('the four subgraphs compose', () => {
  const supergraph = composeGraph('http://127.0.0.1:1');
  for (const name of ['users', 'products', 'inventory', 'remarks']) {
    expect(supergraph).toContain(`@join__graph(name: "${name}", url: "http://127.0.0.1:1/${name}")`);
  }
});

test('users and products resolve the root fields by page', async () => {
  const { data } = await ask('users', 'query ($page: Int!) { users(page: $page) { id username } }', { page: 7 });
  expect(data.users).toHaveLength(6);
  expect(data.users[0]).toEqual({ id: 'user-7-1', username: 'user_7_1' });
  const last = { page: PAGES - 1 };
  const { data: best } = await ask('products', 'query ($page: Int!) { topProducts(page: $page) { upc } }', last);
  expect(best.topProducts.map(({ upc }: { upc: string }) => upc)).toEqual(
    [1, 2, 3, 4, 5].map((n) => `upc-${last.page}-${n}`),
  );
});

test('remarks connect users and products', async () => {
  const { data } = await entities(
    'remarks',
    '... on User { remarks { id product { upc remarks { author { id } } } } }',
    [{ __typename: 'User', id: 'user-3-1' }],
  );
  expect(data._entities[0].remarks).toEqual([
    {
      id: 'remark-3-1',
      product: { upc: 'upc-3-1', remarks: [1, 2, 3, 4].map((n) => ({ author: { id: `user-3-${n}` } })) },
    },
    {
      id: 'remark-3-2',
      product: { upc: 'upc-3-2', remarks: [1, 4].map((n) => ({ author: { id: `user-3-${n}` } })) },
    },
  ]);
});

test('inventory computes the shipping estimate from its required fields', async () => {
  const { data } = await entities('inventory', '... on Product { inStock shippingEstimate }', [
    { __typename: 'Product', upc: 'upc-0-1', price: 199, weight: 50 },
    { __typename: 'Product', upc: 'upc-0-9', price: 1_791, weight: 450 },
  ]);
  expect(data._entities).toEqual([
    { inStock: true, shippingEstimate: 25 },
    { inStock: false, shippingEstimate: 0 },
  ]);
});

test('a repeated request gets the cached response', async () => {
  const body = JSON.stringify({ query: '{ users(page: 1) { id } }' });
  const first = await answer('/users', body);
  expect(answer('/users', body)).toBe(first);
});
