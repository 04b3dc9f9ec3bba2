import { parse } from 'graphql';
import { readRequirements } from './requirements.ts';

const HEAD = `
  schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
    @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
    @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY) { query: Query }`;

/** What needs something, with the kinds of what it needs. */
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
    'a field needs what its type needs',
    'type Vault @authenticated { a: Int b: Int @requiresScopes(scopes: [["s"]]) }',
    { Vault: 'authenticated', 'Vault.a': 'authenticated', 'Vault.b': '[["s"]] and authenticated' },
  ],
  [
    'a field of an interface needs what all types need there',
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
    'an interface needs what all its types need',
    'interface Account { a: Int } type Open implements Account { a: Int } type Vault implements Account @authenticated { a: Int }',
    { Account: 'authenticated', 'Account.a': 'authenticated', Vault: 'authenticated', 'Vault.a': 'authenticated' },
  ],
  [
    'an interface above others too',
    `interface Node { a: Int } interface Account implements Node { a: Int }
     type Vault implements Account & Node { a: Int @authenticated }`,
    { 'Node.a': 'authenticated', 'Account.a': 'authenticated', 'Vault.a': 'authenticated' },
  ],
  [
    'a type does not need what its interface alone says',
    'interface Account { a: Int @authenticated } type Open implements Account { a: Int }',
    { 'Account.a': 'authenticated' },
  ],
  [
    'a type needs what an interface object says of its field',
    `interface Account ${OBJECT} { id: ID! owner: Int @join__field(graph: B) @authenticated }
     type Open implements Account { id: ID! owner: Int @join__field }`,
    { 'Account.owner': 'authenticated', 'Open.owner': 'authenticated' },
  ],
  [
    'a type needs what an interface object says of itself, for the fields that it has from there',
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
    'a type does not need what composition wrote on an interface object for another type',
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
    'a value stands for a list of one',
    'type Vault { a: Int @requiresScopes(scopes: "s") b: Int @requiresScopes(scopes: ["s", "t"]) }',
    { 'Vault.a': '[["s"]]', 'Vault.b': '[["s"],["t"]]' },
  ],
  [
    'extensions count',
    'type Vault { a: Int } extend type Vault @authenticated { b: Int }',
    { Vault: 'authenticated', 'Vault.a': 'authenticated', 'Vault.b': 'authenticated' },
  ],
  [
    'a union needs nothing: its types do',
    'union Mail = Bill type Bill @authenticated { a: Int }',
    {
      Bill: 'authenticated',
      'Bill.a': 'authenticated',
    },
  ],
])('%s', (_, sdl, expected) => {
  expect(needs(sdl)).toEqual(expected);
});
