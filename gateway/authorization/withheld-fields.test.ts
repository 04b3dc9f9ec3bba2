import { buildASTSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { Viewer } from '#platform/viewer.ts';
import { meets } from './permissions.ts';
import { requirementsIn } from './requirements.ts';
import { requirementsOf, withheldFields } from './withheld-fields.ts';

const SDL = parse(`
  directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  type Query { me: User open: String any: Any report: Report level: Level nested: Nested }
  type Mutation { pay: Int @authenticated }
  interface User { id: ID! email: String @authenticated }
  type Owner implements User { id: ID! email: String @authenticated purse: Purse }
  type Purse @policy(policies: [["owner"]]) { amount: Int! }
  type Report @requiresScopes(scopes: [["reports:read", "graph"], ["admin"]]) { total: Int }
  enum Level @authenticated { LOW HIGH }
  union Any = Owner | Report
  type Nested { secret: String @authenticated inner: Nested }
`);
const rules = { schema: buildASTSchema(SDL), requirements: requirementsIn(SDL) };
const viewer = (more: Partial<Viewer> = {}): Viewer => ({ id: 'u1', groups: [], scopes: [], ...more });
const policies = { owner: (of: Viewer | undefined) => of?.id === 'u1' };

function parts(query: string) {
  const { definitions } = parse(query);
  const fragments = definitions.filter(
    (each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION,
  );
  const operation = definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error('no operation');
  return { operation, fragments: new Map(fragments.map((each) => [each.name.value, each])) };
}

/** What is left for a viewer, written out, and what the viewer is told. */
function seenBy(who: Viewer | undefined, query: string) {
  const { operation, fragments } = parts(query);
  const withheld = withheldFields(operation, fragments, rules, (each) => meets(each, who, policies));
  return {
    withheld: [...withheld.fields].map(({ alias, name }) => (alias ?? name).value),
    refused: withheld.refused.map((path) => path.join('.')),
  };
}

test.each<[string, string, string[], string[]]>([
  ['a field', '{ me { id email } }', ['email'], ['me.email']],
  ['a field under an alias', '{ you: me { id mail: email } }', ['mail'], ['you.mail']],
  ['a field with nothing left below', '{ open me { email } }', ['email', 'me'], ['me.email']],
  [
    'parents up to the top',
    '{ open nested { inner { secret } } }',
    ['secret', 'inner', 'nested'],
    ['nested.inner.secret'],
  ],
  ['a field of a type', '{ open report { total } }', ['report'], ['report']],
  ['a leaf of a type', '{ open level }', ['level'], ['level']],
  ['a fragment on a type', '{ any { __typename ... on Report { total } } }', ['total'], ['any']],
  ['all', 'mutation { pay }', ['pay'], ['pay']],
  [
    'a field in a fragment, wherever it is spread',
    '{ me { ...f } any { ...f } } fragment f on Owner { id email }',
    ['email'],
    ['me.email', 'any.email'],
  ],
  ['a fragment with nothing left', '{ open me { ...f } } fragment f on User { email }', ['email', 'me'], ['me.email']],
])('nobody is refused %s', (_, query, withheld, refused) => {
  expect(seenBy(undefined, query)).toEqual({ withheld, refused });
});

test.each<[string, Viewer | undefined, string[]]>([
  ['the owner', viewer(), []],
  ['another', viewer({ id: 'u2' }), ['me.purse']],
  ['nobody', undefined, ['me.purse']],
])('a policy decides for %s', (_, who, refused) => {
  expect(seenBy(who, '{ open me { ... on Owner { id purse { amount } } } }').refused).toEqual(refused);
});

test.each<[string[], string[]]>([
  [['reports:read'], ['report']],
  [['reports:read', 'graph'], []],
  [['admin'], []],
  [[], ['report']],
])('scopes %s', (scopes, refused) => {
  expect(seenBy(viewer({ scopes }), '{ report { total } }').refused).toEqual(refused);
});

test('a policy that nobody wrote is met by nobody', () => {
  expect(meets({ kind: 'policies', anyOf: [['toString']] }, viewer(), policies)).toBe(false);
});

test('an operation knows the requirements that bear on it, each once', () => {
  const { operation, fragments } = parts('{ me { email ...f } level } fragment f on Owner { purse { amount } }');
  expect(requirementsOf(operation, fragments, rules)).toEqual([
    { kind: 'authenticated' },
    { kind: 'policies', anyOf: [['owner']] },
  ]);
});
