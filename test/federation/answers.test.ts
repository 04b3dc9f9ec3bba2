import { GraphQLError } from 'graphql';
import { gateway, service } from './gateway.ts';

const shop = service(
  'shop',
  `type Query { product(id: ID! = "p1"): Product products: [Product!]! me: Me
     echo(int: Int, ints: [Int!], flag: Boolean, input: Named): Int }
   input Named { name: String! age: Int = 3 }
   type Product @key(fields: "id") { id: ID! name: String! broken: String must: String! count: Int tags: [String!] }
   type Me { name: String! }`,
  {
    Query: {
      product: () => product('p1'),
      products: () => [product('p1'), product('p2')],
      me: () => ({ name: 'Ada' }),
    },
  },
);

function product(id: string) {
  return {
    id,
    name: id,
    broken: fails('broken'),
    must: () => (id === 'p2' ? fails('must')() : 'ok'),
    count: 1,
    tags: ['a'],
  };
}

function fails(field: string) {
  return () => {
    throw new GraphQLError(`${field} does not work`, { extensions: { code: 'BAD_USER_INPUT', field } });
  };
}

const remarks = service(
  'remarks',
  `type Product @key(fields: "id") { id: ID! stars: Int! text: String! secret: String }`,
  {
    Product: {
      stars: ({ id }: { id: string }) => (id === 'p1' ? 5 : null),
      text: ({ id }: { id: string }) => (id === 'p1' ? 'Good' : fails('text')()),
      secret: () => {
        throw new Error('password=hunter2 at http://10.0.0.1/db');
      },
    },
  },
);

describe('errors of subgraphs', () => {
  test('keep code, path and message, and make only their own field null', async () => {
    const graph = await gateway([shop, remarks]);
    expect(await graph.execute('{ product { name bad: broken } me { name } }')).toEqual({
      status: 200,
      data: { product: { name: 'p1', bad: null }, me: { name: 'Ada' } },
      errors: [
        {
          message: 'broken does not work',
          path: ['product', 'bad'],
          extensions: { code: 'BAD_USER_INPUT', field: 'broken', serviceName: 'shop' },
        },
      ],
    });
  });

  test('in a joined list have their place in the response, and null propagates to the nearest nullable parent', async () => {
    const graph = await gateway([shop, remarks]);
    const { data, errors } = await graph.execute(
      '{ product { stars } all: products { name opinion: text } me { name } }',
    );
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['all', 1, 'opinion'], extensions: { serviceName: 'remarks' } }]);
  });

  test('that are unexpected are masked, with an id', async () => {
    const graph = await gateway([shop, remarks]);
    const answer = await graph.execute('{ product { secret name } }');
    expect(answer.data).toEqual({ product: { secret: null, name: 'p1' } });
    expect(answer.errors).toEqual([
      {
        message: 'Internal server error',
        path: ['product', 'secret'],
        extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', errorId: expect.any(String), serviceName: 'remarks' },
      },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|10\.0\.0\.1/);
  });
});

describe('data that violate the schema', () => {
  const invalid = (field: string, value: unknown) =>
    gateway([shop], {
      transport: () => async () => ({ response: { data: { product: { id: 'p1', name: 'n', [field]: value } } } }),
    });

  test.each([
    ['count', 'one', null],
    ['count', 1.5, null],
    ['count', 2 ** 31, null],
    ['tags', 'a', null],
    ['tags', ['a', null], null],
    ['tags', ['a', 1], null],
    ['broken', 1, null],
    ['id', 7, '7'],
  ])('%s: %j becomes %j, with an error for a wrong type', async (field, value, expected) => {
    const graph = await invalid(field, value);
    const { data, errors } = await graph.execute(`{ product { ${field} } }`);
    expect(data).toEqual({ product: { [field]: expected } });
    if (expected === null) expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
    else expect(errors).toBeUndefined();
  });

  test('a null in a non-null field is one error', async () => {
    const graph = await invalid('must', null);
    expect(await graph.execute('{ product { name must } me { name } }')).toEqual({
      status: 200,
      data: { product: null, me: null },
      errors: [
        {
          message: 'Cannot return null for non-nullable field Product.must.',
          path: ['product', 'must'],
          extensions: { code: 'SUBGRAPH_BAD_RESPONSE' },
        },
      ],
    });
  });

  test('an object instead of a scalar, or a scalar instead of an object, is an error', async () => {
    const graph = await invalid('count', {});
    expect(await graph.execute('{ product { count } }')).toMatchObject({
      data: { product: { count: null } },
      errors: [{}],
    });
    const other = await gateway([shop], { transport: () => async () => ({ response: { data: { product: 'p1' } } }) });
    expect(await other.execute('{ product { count } }')).toMatchObject({ data: { product: null }, errors: [{}] });
  });
});

describe('variables', () => {
  test.each([
    ['int: Int!', '1', 'cannot represent'],
    ['int: Int!', null, 'must not be null'],
    ['int: Int!', undefined, 'was not provided'],
    ['ints: [Int!]', [1, null], 'at "value[1]"'],
    ['flag: Boolean', 'yes', 'cannot represent'],
    ['input: Named', { name: 'Ada', nickname: 'A' }, 'not defined by type "Named"'],
    ['input: Named', { age: 1 }, 'Field "name" of required type "String!" was not provided'],
    ['input: Named', { name: 1 }, 'at "value.name"'],
  ])('%s refuses %j', async (argument, value, message) => {
    const graph = await gateway([shop]);
    const [name, type] = argument.split(': ');
    const variables = value === undefined ? {} : { value };
    const answer = await graph.execute(`query ($value: ${type}) { echo(${name}: $value) }`, variables);
    expect(answer).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(answer.data).toBeUndefined();
    expect(graph.calls).toEqual([]);
  });

  test.each([
    ['ints: [Int!]', 1],
    ['input: Named', { name: 'Ada' }],
    ['int: Int', null],
  ])('%s accepts %j', async (argument, value) => {
    const graph = await gateway([shop]);
    const [name, type] = argument.split(': ');
    const { errors } = await graph.execute(`query ($value: ${type}) { echo(${name}: $value) }`, { value });
    expect(errors).toBeUndefined();
    expect(graph.calls[0]?.variables).toEqual({ value });
  });

  test('may have the names of the engine’s own variables', async () => {
    const graph = await gateway([shop, remarks]);
    const { data, errors } = await graph.execute(
      'query ($representations: ID!, $representations_0: Boolean!) { product(id: $representations) { stars @include(if: $representations_0) } }',
      { representations: 'p1', representations_0: true },
    );
    expect({ data, errors }).toEqual({ data: { product: { stars: 5 } }, errors: undefined });
  });
});

describe('__typename, introspection and conditions', () => {
  test('are in the response together with data, under any key', async () => {
    const graph = await gateway([shop]);
    const { data, errors } = await graph.execute(
      `query ($type: String!) {
         kind: __typename
         __type(name: $type) { name fields { name } }
         s: __schema { queryType { name } }
         product { t: __typename __proto__: name }
       }`,
      { type: 'Me' },
    );
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toBe(
      '{"kind":"Query","__type":{"name":"Me","fields":[{"name":"name"}]},"s":{"queryType":{"name":"Query"}},"product":{"t":"Product","__proto__":"p1"}}',
    );
  });

  test('alone need no call of a subgraph', async () => {
    const graph = await gateway([shop]);
    expect((await graph.execute('{ __typename }')).data).toEqual({ __typename: 'Query' });
    expect((await graph.execute('{ product @skip(if: true) { name } }')).data).toEqual({});
    expect((await graph.execute('query ($no: Boolean = false) { product @include(if: $no) { name } }')).data).toEqual(
      {},
    );
    expect(graph.calls).toEqual([]);
  });

  test('skip a join whose fields are excluded', async () => {
    const graph = await gateway([shop, remarks]);
    const query = 'query ($full: Boolean!) { product { name stars @include(if: $full) } }';
    expect((await graph.execute(query, { full: false })).data).toEqual({ product: { name: 'p1' } });
    expect(graph.calls).toHaveLength(1);
    expect((await graph.execute(query, { full: true })).data).toEqual({ product: { name: 'p1', stars: 5 } });
    expect(graph.calls).toHaveLength(2);
  });
});
