import { gateway, service } from './gateway.ts';

describe('keys', () => {
  const user = (id: string) => ({ id, email: `${id}@example.com`, tenant: { code: 't1', region: 'eu' } });
  const users = service(
    'users',
    `type Query { users: [User!]! }
     type User @key(fields: "id") @key(fields: "email") @key(fields: "id tenant { code region }") {
       id: ID! email: String! tenant: Tenant! @shareable
     }
     type Tenant @shareable { code: ID! region: String! }`,
    {
      Query: { users: () => ['u1', 'u2'].map(user) },
      User: { __resolveReference: ({ id }: { id: string }) => user(id) },
    },
  );

  test('a subgraph is joined by a key that it has: a second, a compound or a nested one', async () => {
    const mail = service('mail', `type User @key(fields: "email") { email: String! unread: Int! }`, {
      User: { unread: ({ email }: { email: string }) => email.length },
    });
    const quota = service(
      'quota',
      `type User @key(fields: "id tenant { code region }") { id: ID! tenant: Tenant! @shareable limit: String! }
       type Tenant @shareable { code: ID! region: String! }`,
      {
        User: {
          limit: ({ id, tenant }: { id: string; tenant: { code: string; region: string } }) =>
            `${id}/${tenant.code}/${tenant.region}`,
        },
      },
    );
    const graph = await gateway([users, mail, quota]);
    const { data, errors } = await graph.execute('{ users { unread limit } }');
    expect(errors).toBeUndefined();
    expect(data.users).toEqual([
      { unread: 14, limit: 'u1/t1/eu' },
      { unread: 14, limit: 'u2/t1/eu' },
    ]);
  });

  test('a subgraph with `resolvable: false` does not resolve the entity', async () => {
    const posts = service(
      'posts',
      `type Query { posts: [Post!]! }
       type Post @key(fields: "id") { id: ID! author: User }
       type User @key(fields: "id", resolvable: false) { id: ID! }`,
      { Query: { posts: () => [{ id: 'p1', author: { id: 'u1' } }] } },
    );
    const graph = await gateway([users, posts]);
    const { data } = await graph.execute('{ posts { author { id email } } }');
    expect(data.posts).toEqual([{ author: { id: 'u1', email: 'u1@example.com' } }]);
  });

  test('a subgraph is joined by a key that it resolves, not by one with `resolvable: false`', async () => {
    const part = { id: '1', serial: 's', code: { one: 1, two: 2, three: 3 } };
    const makers = service(
      'makers',
      `type Part @key(fields: "id") @key(fields: "serial", resolvable: false) @key(fields: "code { one two }", resolvable: false) {
         id: ID! serial: ID! code: Code! @shareable name: String!
       }
       type Code @shareable { one: ID! two: ID! three: ID! }`,
      { Part: { __resolveReference: ({ id }: { id?: string }) => (id ? { ...part, name: 'Bolt' } : null) } },
    );
    const shop = service(
      'shop',
      `type Query { parts: [Part!]! }
       type Part @key(fields: "code { one two }", resolvable: false) @key(fields: "id code { two three }")
         @key(fields: "serial", resolvable: false) {
         id: ID! serial: ID! code: Code! @shareable name: String! @external label: String! @requires(fields: "name")
       }
       type Code @shareable { one: ID! two: ID! three: ID! }`,
      {
        Query: { parts: () => [part] },
        Part: {
          __resolveReference: (key: { id?: string; code?: { three?: string } }) =>
            key.id && key.code?.three ? key : null,
          label: ({ name }: { name: string }) => `A ${name}`,
        },
      },
    );
    const graph = await gateway([makers, shop]);
    const { data, errors } = await graph.execute('{ parts { name label } }');
    expect({ data, errors }).toEqual({ data: { parts: [{ name: 'Bolt', label: 'A Bolt' }] }, errors: undefined });
  });

  test('a null key joins nothing, and other entities are not affected', async () => {
    const shelf = service(
      'shelf',
      `type Query { spots: [Spot!]! } type Spot { book: Book } type Book @key(fields: "isbn", resolvable: false) { isbn: ID }`,
      { Query: { spots: () => [{ book: { isbn: 'b1' } }, { book: { isbn: null } }, { book: null }] } },
    );
    const books = service('books', `type Book @key(fields: "isbn") { isbn: ID title: String }`, {
      Book: { __resolveReference: ({ isbn }: { isbn: string | null }) => (isbn ? { isbn, title: 'One' } : null) },
    });
    const graph = await gateway([shelf, books]);
    expect((await graph.execute('{ spots { book { isbn title } } }')).data.spots).toEqual([
      { book: { isbn: 'b1', title: 'One' } },
      { book: { isbn: null, title: null } },
      { book: null },
    ]);
  });

  test('an alias with the name of a key field does not hide the key', async () => {
    const things = service(
      'things',
      `type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! legacyId: ID! }`,
      { Query: { thing: () => ({ id: 'new', legacyId: 'old' }) } },
    );
    const prices = service('prices', `type Thing @key(fields: "id") { id: ID! price: Int }`, {
      Thing: { price: ({ id }: { id: string }) => (id === 'new' ? 7 : 0) },
    });
    const graph = await gateway([things, prices]);
    expect((await graph.execute('{ thing { id: legacyId price } }')).data).toEqual({ thing: { id: 'old', price: 7 } });
    expect((await graph.execute('{ thing { price: legacyId id: price p: price } }')).data).toEqual({
      thing: { price: 'old', id: 7, p: 7 },
    });
  });
});
