import { defaultFieldResolver, isObjectType, parse } from 'graphql';
import { readRequirements } from '../../gateway/authorization/requirements.ts';
import { type Answer, compose, gateway, service, type TestGateway } from './gateway.ts';

const VIEWER = { id: 'u1', groups: [], scopes: [] };

const ACCOUNTS = [
  { __typename: 'Vault', id: 'v1', balance: 1, limit: 10, wallet: { amount: 5, code: 'v', must: 1 }, note: 'vault' },
  { __typename: 'Purse', id: 'p1', balance: 2, limit: 20, wallet: { amount: 6, code: 'p', must: 2 }, note: 'purse' },
];
const MAIL = [
  { __typename: 'Message', text: 'hello' },
  { __typename: 'Invoice', amount: 7, payee: 'Ada' },
];

const bank = service(
  'bank',
  `type Query { accounts: [Account] vault: Vault purses: [Purse!]! nested: Nested inbox: [Mail] secret: Int @authenticated none: Vault }
   type Mutation { open: Vault close: Vault @authenticated }
   interface Account @key(fields: "id") { id: ID! balance: Int limit: Int! wallet: Wallet note: String }
   type Vault implements Account @key(fields: "id") { id: ID! balance: Int @authenticated limit: Int! @authenticated wallet: Wallet @authenticated note: String }
   type Purse implements Account @key(fields: "id") { id: ID! balance: Int limit: Int! wallet: Wallet note: String }
   type Wallet { amount: Int code: String @authenticated must: Int! @authenticated }
   type Nested { inner: Nested! vault: Vault }
   union Mail = Message | Invoice
   type Message { text: String }
   type Invoice @authenticated { amount: Int payee: String }`,
  {
    Query: {
      accounts: () => ACCOUNTS,
      vault: () => ACCOUNTS[0],
      purses: () => [ACCOUNTS[1], ACCOUNTS[1]],
      nested: () => ({ inner: { inner: {}, vault: ACCOUNTS[0] } }),
      inbox: () => MAIL,
      secret: () => 42,
      none: () => null,
    },
    Mutation: { open: () => ACCOUNTS[0], close: () => ACCOUNTS[0] },
  },
);
const owners = service(
  'owners',
  'type Account @key(fields: "id") @interfaceObject { id: ID! owner: String @authenticated label: String }',
  { Account: { owner: () => 'Ada', label: () => 'x' } },
);

const WITHHELD =
  /^(Query.secret|Mutation.close|Vault.(balance|limit|wallet)|Wallet.(code|must)|Invoice.(amount|payee)|Account.owner)$/;

/** Fields that subgraphs have resolved since the last anonymous query. */
const resolved = new Set<string>();

for (const { schema } of [bank, owners]) {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (...given) => {
        resolved.add(`${type.name}.${field.name}`);
        return resolve(...given);
      };
    }
  }
}

const composed = compose([bank, owners]);

/** As composed before 2.12, which does not copy directives between interfaces, interface objects and their types. */
const byOlderComposition = composed
  .replace(/interface Account[\s\S]*?\n}/, (account) =>
    account.replace(/^ {2}@authenticated\n/m, '').replace(/( {2}(?:balance|limit|wallet): .*?) @authenticated/g, '$1'),
  )
  .replaceAll('owner: String @authenticated @join__field\n', 'owner: String @join__field\n');

test('requirements do not depend on the version of composition', () => {
  expect(composed.match(/ @authenticated$|@authenticated /gm)?.length).toBeGreaterThan(
    byOlderComposition.match(/ @authenticated$|@authenticated /gm)?.length ?? 0,
  );
  expect(readRequirements(parse(byOlderComposition))).toEqual(readRequirements(parse(composed)));
});

async function anonymous(
  graph: TestGateway,
  query: string,
  variables = {},
): Promise<{ data: Answer['data']; refused: string[] }> {
  graph.viewer = undefined;
  resolved.clear();
  const { data, errors = [] } = await graph.execute(query, variables);
  for (const { message, extensions } of errors)
    expect({ message, extensions }).toEqual({
      message: 'Unauthorized field or type',
      extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
    });
  return { data, refused: errors.map(({ path = [] }) => path.join('.')) };
}

describe.each([
  ['', composed],
  [', composed before 2.12', byOlderComposition],
])('a field that the viewer may not see%s', (_, supergraphSdl) => {
  let graph: TestGateway;
  beforeAll(async () => {
    graph = await gateway([bank, owners], { policies: {}, supergraphSdl });
  });

  test.each<[string, string, unknown, string[]]>([
    [
      'is null on each object, each with an error',
      '{ accounts { balance } }',
      { accounts: [{ balance: null }, { balance: null }] },
      ['accounts.0.balance', 'accounts.1.balance'],
    ],
    [
      'is null, and other fields have values',
      '{ vault { note sum: balance wallet { amount } } }',
      { vault: { note: 'vault', sum: null, wallet: null } },
      ['vault.sum', 'vault.wallet'],
    ],
    ['makes its parent null if it is non-null', '{ vault { limit } }', { vault: null }, ['vault.limit']],
    [
      'propagates null to the nearest nullable parent, up to a list',
      '{ purses { wallet { must } note } }',
      {
        purses: [
          { wallet: null, note: 'purse' },
          { wallet: null, note: 'purse' },
        ],
      },
      ['purses.0.wallet.must', 'purses.1.wallet.must'],
    ],
    [
      'does not affect nullable parents',
      '{ nested { inner { vault { balance } } } }',
      { nested: { inner: { vault: { balance: null } } } },
      ['nested.inner.vault.balance'],
    ],
    ['has no error if its parent is null', '{ none { balance } }', { none: null }, []],
    ['may be the whole selection', '{ secret }', { secret: null }, ['secret']],
    [
      'is withheld in fragments on its type',
      '{ inbox { ... on Message { text } ... on Invoice { amount to: payee } } }',
      { inbox: [{ text: 'hello' }, { amount: null, to: null }] },
      ['inbox.1.amount', 'inbox.1.to'],
    ],
    [
      'is withheld if such a fragment is the whole selection',
      '{ inbox { ... on Invoice { amount } } }',
      { inbox: [{}, { amount: null }] },
      ['inbox.1.amount'],
    ],
    [
      'does not hide __typename',
      '{ inbox { __typename ... on Invoice { __typename amount } } }',
      { inbox: [{ __typename: 'Message' }, { __typename: 'Invoice', amount: null }] },
      ['inbox.1.amount'],
    ],
    [
      'is withheld in each spread of a named fragment',
      '{ vault { ...V } accounts { ...V } } fragment V on Vault { balance }',
      { vault: { balance: null }, accounts: [{ balance: null }, {}] },
      ['vault.balance', 'accounts.0.balance'],
    ],
    [
      'is visible on a type without the directive, though not through the interface',
      '{ accounts { balance ... on Purse { balance } } }',
      { accounts: [{ balance: null }, { balance: 2 }] },
      ['accounts.0.balance'],
    ],
    [
      'is withheld inside a field that only another selection makes visible',
      '{ accounts { wallet { amount } ... on Purse { wallet { same: amount code } } } }',
      { accounts: [{ wallet: null }, { wallet: { amount: null, same: 6, code: null } }] },
      ['accounts.0.wallet', 'accounts.1.wallet.amount', 'accounts.1.wallet.code'],
    ],
    [
      'is withheld on an interface object',
      '{ accounts { owner label } vault { owner } }',
      {
        accounts: [
          { owner: null, label: 'x' },
          { owner: null, label: 'x' },
        ],
        vault: { owner: null },
      },
      ['accounts.0.owner', 'accounts.1.owner', 'vault.owner'],
    ],
    [
      'is withheld in the result of a mutation',
      'mutation { open { balance } }',
      { open: { balance: null } },
      ['open.balance'],
    ],
    ['does not run if it is a mutation', 'mutation { close { note } }', { close: null }, ['close']],
  ])('%s', async (__, query, data, refused) => {
    expect(await anonymous(graph, query)).toEqual({ data, refused });
    expect([...resolved].filter((coordinate) => WITHHELD.test(coordinate))).toEqual([]);
    graph.viewer = VIEWER;
    expect(await graph.execute(query)).not.toHaveProperty('errors');
  });

  test.each([
    ['@include(if: $shown)', { shown: true }, true],
    ['@include(if: $shown)', { shown: false }, false],
    ['@skip(if: $shown)', { shown: true }, false],
    ['@include(if: false)', {}, false],
  ])('has an error only if conditions include it: %s, %j', async (condition, variables, isIncluded) => {
    const declared = condition.includes('$') ? 'query ($shown: Boolean!)' : '';
    const query = `${declared} { vault { note wallet ${condition} { amount } ... ${condition} { balance } } }`;
    expect(await anonymous(graph, query, variables)).toEqual({
      data: { vault: { note: 'vault', ...(isIncluded && { wallet: null, balance: null }) } },
      refused: isIncluded ? ['vault.wallet', 'vault.balance'] : [],
    });
  });
});
