import { gateway, service } from './gateway.ts';

const library = service(
  'library',
  `type Query { items: [Item!]! found: [Found!]! media: [Medium!]! }
   interface Item { id: ID! title: String }
   interface Medium @key(fields: "id") { id: ID! title: String }
   union Found = Book | Film
   type Book implements Item & Medium @key(fields: "id") { id: ID! title: String pages: Int! }
   type Film implements Item & Medium @key(fields: "id") { id: ID! title: String minutes: Int! }`,
  {
    Query: Object.fromEntries(['items', 'found', 'media'].map((field) => [field, () => [thing('b1'), thing('f1')]])),
    Medium: { __resolveReference: ({ id }: { id: string }) => thing(id) },
    Book: { __resolveReference: ({ id }: { id: string }) => thing(id) },
    Film: { __resolveReference: ({ id }: { id: string }) => thing(id) },
  },
);

function thing(id: string) {
  return id.startsWith('b')
    ? { __typename: 'Book', id, title: 'Ulysses', pages: 700 }
    : { __typename: 'Film', id, title: 'Metropolis', minutes: 150 };
}

const prices = service(
  'prices',
  `type Book @key(fields: "id") { id: ID! price: Int } type Film @key(fields: "id") { id: ID! price(days: Int! = 1): Int }`,
  { Book: { price: () => 12 }, Film: { price: (_: unknown, { days }: { days: number }) => 3 * days } },
);

const ratings = service(
  'ratings',
  `type Query { best: Medium } type Medium @key(fields: "id") @interfaceObject { id: ID! stars: Int! }`,
  { Query: { best: () => ({ id: 'f1' }) }, Medium: { stars: ({ id }: { id: string }) => (id === 'f1' ? 5 : 4) } },
);

describe('interfaces and unions across subgraphs', () => {
  test('each object is joined by its concrete type', async () => {
    const graph = await gateway([library, prices]);
    const { data, errors } = await graph.execute(
      '{ items { __typename title ... on Book { price pages } ... on Film { price(days: 2) } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.items).toEqual([
      { __typename: 'Book', title: 'Ulysses', price: 12, pages: 700 },
      { __typename: 'Film', title: 'Metropolis', price: 6 },
    ]);
    expect(graph.calls.map(({ service: name }) => name)).toEqual(['library', 'prices']);
  });

  test('a response key may be a different field for each type', async () => {
    const graph = await gateway([library, prices]);
    const { data } = await graph.execute(
      '{ found { ... on Book { size: pages x: price } ... on Film { size: minutes x: price(days: 3) } } }',
    );
    expect(data.found).toEqual([
      { size: 700, x: 12 },
      { size: 150, x: 9 },
    ]);
  });

  test('an object that matches no fragment is empty', async () => {
    const graph = await gateway([library]);
    expect((await graph.execute('{ found { ... on Film { minutes } } }')).data.found).toEqual([{}, { minutes: 150 }]);
    expect((await graph.execute('{ found { kind: __typename } }')).data.found).toEqual([
      { kind: 'Book' },
      { kind: 'Film' },
    ]);
  });
});

describe('@interfaceObject', () => {
  test('adds a field to every type of the interface', async () => {
    const graph = await gateway([library, ratings]);
    const { data, errors } = await graph.execute(
      '{ media { title stars __typename } items { ... on Film { stars } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      media: [
        { title: 'Ulysses', stars: 4, __typename: 'Book' },
        { title: 'Metropolis', stars: 5, __typename: 'Film' },
      ],
      items: [{}, { stars: 5 }],
    });
  });

  test('resolves the concrete type only where the operation needs it', async () => {
    const graph = await gateway([library, ratings]);
    expect((await graph.execute('{ best { __typename stars ... on Film { minutes } } }')).data).toEqual({
      best: { __typename: 'Film', stars: 5, minutes: 150 },
    });
    expect((await graph.execute('{ best { id stars } }')).data).toEqual({ best: { id: 'f1', stars: 5 } });
    expect(graph.calls).toHaveLength(1);
  });

  test('with `resolvable: false` serves its own fields; a field that no subgraph can resolve is an error', async () => {
    const nodes = service('nodes', 'type Query { here: Node } interface Node @key(fields: "id") { id: ID! }', {
      Query: { here: () => ({ __typename: 'Nothing', id: '1' }) },
    });
    const fields = service(
      'fields',
      'type Query { there: Node } type Node @interfaceObject @key(fields: "id", resolvable: false) { id: ID! field: String }',
      { Query: { there: () => ({ id: 'n1', field: 'foo' }) } },
    );
    const graph = await gateway([nodes, fields]);
    expect(await graph.execute('{ there { id field } }')).toEqual({
      status: 200,
      data: { there: { id: 'n1', field: 'foo' } },
    });
    expect(await graph.execute('{ here { field } }')).toMatchObject({ errors: [{ extensions: { code: 'NO_PLAN' } }] });
    expect(await graph.execute('{ here { id } }')).toMatchObject({
      data: { here: null },
      errors: [{ path: ['here'] }],
    });
  });
});
