import { HttpClient, serve } from '../http.ts';

/**
 * Lower bound for a gateway in Node: hand-written subgraph calls of an optimal plan for the two operations, without parsing,
 * validation or planning. Arguments: port of the subgraphs, port to listen on.
 */
const [subgraphsPort, port] = process.argv.slice(2).map(Number);
const subgraphs = new HttpClient(subgraphsPort ?? 0, Number.POSITIVE_INFINITY);

interface Person {
  id: string;
  remarks?: Opinion[];
}
interface Item {
  upc: string;
  price?: number;
  weight?: number;
  remarks?: Opinion[];
}
interface Opinion {
  author?: Person;
  product?: Item;
}

const DEEPEST = 'remarks { id body product { upc } }';
const QUERIES = {
  users: 'query ($page: Int!) { users(page: $page) { id name username } }',
  products: 'query ($page: Int!) { topProducts(page: $page) { upc name price weight } }',
  small: 'query ($page: Int!) { topProducts(page: $page, first: 3) { upc name price } }',
  remarks: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on User { remarks { id body product { upc remarks { id body author { id ${DEEPEST} } } } } }
    ... on Product { remarks { id body author { id ${DEEPEST} } } }
  } }`,
  authors: entitiesQuery('User', 'id name username'),
  items: entitiesQuery('Product', 'name price weight'),
  stock: entitiesQuery('Product', 'inStock shippingEstimate'),
};

await serve(port ?? 0, async (_, body) => {
  const { operationName, variables } = JSON.parse(body);
  return JSON.stringify({ data: await answer(operationName, variables) });
});

async function answer(operationName: string, variables: object): Promise<unknown> {
  if (operationName === 'Joined') return joined(variables);
  if (operationName === 'Small') return call('products', QUERIES.small, variables);
  return { __typename: 'Query' };
}

async function joined(variables: object) {
  const [{ users }, { topProducts }] = await Promise.all([
    call<{ users: Person[] }>('users', QUERIES.users, variables),
    call<{ topProducts: Item[] }>('products', QUERIES.products, variables),
  ]);
  const roots: (Person | Item)[] = [...users, ...topProducts];
  const remarked = await entities<{ remarks: Opinion[] }>('remarks', QUERIES.remarks, roots.map(keyOf));
  roots.forEach((root, i) => {
    root.remarks = remarked[i]?.remarks ?? [];
  });
  const nested = roots.flatMap(({ remarks = [] }) => remarks);
  const authors = Map.groupBy(peopleIn(nested), ({ id }) => id);
  const items = Map.groupBy(itemsIn(nested), ({ upc }) => upc);
  const [people, products] = await Promise.all([
    entities(
      'users',
      QUERIES.authors,
      [...authors.keys()].map((id) => ({ __typename: 'User', id })),
    ),
    entities(
      'products',
      QUERIES.items,
      [...items.keys()].map((upc) => ({ __typename: 'Product', upc })),
    ),
  ]);
  fill([...authors.values()], people);
  fill([...items.values()], products);
  for (const product of topProducts) items.set(product.upc, [...(items.get(product.upc) ?? []), product]);
  const required = [...items].map(([upc, [{ price, weight } = {}]]) => ({ __typename: 'Product', upc, price, weight }));
  fill([...items.values()], await entities('inventory', QUERIES.stock, required));
  return { users, topProducts };
}

function entitiesQuery(type: string, fields: string): string {
  return `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${fields} } } }`;
}

async function entities<Entity extends object>(subgraph: string, query: string, representations: object[]) {
  const data = await call<{ _entities: Entity[] }>(subgraph, query, { representations });
  return data._entities;
}

async function call<Data>(subgraph: string, query: string, variables: object): Promise<Data> {
  const { body } = await subgraphs.post(`/${subgraph}`, JSON.stringify({ query, variables }));
  return JSON.parse(body).data;
}

/** Assigns an entity's fields to all objects that represent it. */
function fill(groups: object[][], entities: object[]): void {
  groups.forEach((group, i) => {
    for (const each of group) Object.assign(each, entities[i]);
  });
}

function keyOf(root: Person | Item): object {
  return 'id' in root ? { __typename: 'User', id: root.id } : { __typename: 'Product', upc: root.upc };
}

function peopleIn(opinions: Opinion[]): Person[] {
  return opinions.flatMap(({ author, product }) => [
    ...(author ? [author, ...peopleIn(author.remarks ?? [])] : []),
    ...peopleIn(product?.remarks ?? []),
  ]);
}

function itemsIn(opinions: Opinion[]): Item[] {
  return opinions.flatMap(({ author, product }) => [
    ...(product ? [product, ...itemsIn(product.remarks ?? [])] : []),
    ...itemsIn(author?.remarks ?? []),
  ]);
}
