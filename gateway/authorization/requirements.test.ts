import { parse } from 'graphql';
import { readRequirements } from './requirements.ts';

const HEAD = `
  schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
    @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
    @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY) { query: Query }`;

/** Returns the requirements as text, by schema coordinate. */
function needs(sdl: string): Record<string, string> {
  const entries = [...readRequirements(parse(`${HEAD} ${sdl}`))];
  return Object.fromEntries(
    entries.map(([coordinate, all]) => [
      coordinate,
      all.map((each) => (each.kind === 'authenticated' ? each.kind : JSON.stringify(each.anyOf))).join(' and '),
    ]),
  );
}

const OBJECT = '@join__type(graph: A, key: "id") @join__type(graph: B, key: "id", isInterfaceObject: true)';

test.each<[string, string, Record<string, string>]>([
  [
    'a field inherits from its type',
    'type Vault @authenticated { a: Int b: Int @requiresScopes(scopes: [["s"]]) }',
    { Vault: 'authenticated', 'Vault.a': 'authenticated', 'Vault.b': '[["s"]] and authenticated' },
  ],
  [
    "an interface's field inherits from the field of all implementing types",
    `interface Account { a: Int b: Int } type Open implements Account { a: Int b: Int }
     type Vault implements Account { a: Int @authenticated b: Int }
     type Chest implements Account { a: Int @requiresScopes(scopes: [["s", "t"]]) b: Int }`,
    {
      'Account.a': 'authenticated and [["s","t"]]',
      'Vault.a': 'authenticated',
      'Chest.a': '[["s","t"]]',
    },
  ],
  [
    'an interface inherits from all implementing types',
    'interface Account { a: Int } type Open implements Account { a: Int } type Vault implements Account @authenticated { a: Int }',
    { Account: 'authenticated', 'Account.a': 'authenticated', Vault: 'authenticated', 'Vault.a': 'authenticated' },
  ],
  [
    'an interface inherits through an interface that implements it',
    `interface Node { a: Int } interface Account implements Node { a: Int }
     type Vault implements Account & Node { a: Int @authenticated }`,
    { 'Node.a': 'authenticated', 'Account.a': 'authenticated', 'Vault.a': 'authenticated' },
  ],
  [
    'a type does not inherit from its interface',
    'interface Account { a: Int @authenticated } type Open implements Account { a: Int }',
    { 'Account.a': 'authenticated' },
  ],
  [
    'a type inherits from the field of an interface object',
    `interface Account ${OBJECT} { id: ID! owner: Int @join__field(graph: B) @authenticated }
     type Open implements Account { id: ID! owner: Int @join__field }`,
    { 'Account.owner': 'authenticated', 'Open.owner': 'authenticated' },
  ],
  [
    'fields from an interface object inherit its type requirements',
    `interface Account ${OBJECT} @authenticated { id: ID! @join__field(graph: A) owner: Int @join__field(graph: B) }
     type Open implements Account { id: ID! owner: Int @join__field }`,
    {
      Account: 'authenticated',
      'Account.id': 'authenticated',
      'Account.owner': 'authenticated',
      'Open.owner': 'authenticated',
    },
  ],
  [
    'a type does not inherit what composition copied to an interface object from another type',
    `interface Account ${OBJECT} @authenticated { id: ID! owner: Int @join__field(graph: B) }
     type Vault implements Account @authenticated { id: ID! owner: Int @join__field }
     type Open implements Account { id: ID! owner: Int @join__field }`,
    {
      Account: 'authenticated',
      'Account.id': 'authenticated',
      'Account.owner': 'authenticated',
      Vault: 'authenticated',
      'Vault.id': 'authenticated',
      'Vault.owner': 'authenticated',
    },
  ],
  [
    'a single value is coerced to a list',
    'type Vault { a: Int @requiresScopes(scopes: "s") b: Int @requiresScopes(scopes: ["s", "t"]) }',
    { 'Vault.a': '[["s"]]', 'Vault.b': '[["s"],["t"]]' },
  ],
  [
    'type extensions are included',
    'type Vault { a: Int } extend type Vault @authenticated { b: Int }',
    { Vault: 'authenticated', 'Vault.a': 'authenticated', 'Vault.b': 'authenticated' },
  ],
  [
    'a union has no requirements of its own',
    'union Mail = Bill type Bill @authenticated { a: Int }',
    {
      Bill: 'authenticated',
      'Bill.a': 'authenticated',
    },
  ],
])('%s', (_, sdl, expected) => {
  expect(needs(sdl)).toEqual(expected);
});
