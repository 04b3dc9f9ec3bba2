import { buildASTSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import type { Viewer } from '#platform/viewer.ts';
import { authorizedOperation, requirementsOf } from './authorized-operation.ts';
import { meets } from './permissions.ts';
import { requirementsIn } from './requirements.ts';

const SDL = parse(`
  directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  type Query { me: User open: String any: Any report: Report level: Level nested: Nested }
  type Mutation { pay: Int @authenticated }
  interface User { id: ID! email: String @authenticated }
  type Host implements User { id: ID! email: String @authenticated wallet: Wallet }
  type Wallet @policy(policies: [["owner"]]) { amount: Int! }
  type Report @requiresScopes(scopes: [["reports:read", "graph"], ["admin"]]) { total: Int }
  enum Level @authenticated { LOW HIGH }
  union Any = Host | Report
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

function seenBy(who: Viewer | undefined, query: string) {
  const { operation, fragments } = parts(query);
  const { document, refused } = authorizedOperation(operation, fragments, rules, (each) => meets(each, who, policies));
  return { left: document && print(document).replace(/\s+/g, ' '), refused: refused.map((path) => path.join('.')) };
}

test.each([
  ['a field', '{ me { id email } }', '{ me { id } }', ['me.email']],
  ['a field under an alias', '{ you: me { id mail: email } }', '{ you: me { id } }', ['you.mail']],
  ['a field with nothing left below', '{ open me { email } }', '{ open }', ['me.email']],
  ['parents up to the top', '{ open nested { inner { secret } } }', '{ open }', ['nested.inner.secret']],
  ['a field of a type', '{ open report { total } }', '{ open }', ['report']],
  ['a leaf of a type', '{ open level }', '{ open }', ['level']],
  ['a fragment on a type', '{ any { __typename ... on Report { total } } }', '{ any { __typename } }', ['any']],
  ['all', 'mutation { pay }', undefined, ['pay']],
  [
    'a field in a fragment, wherever it is spread',
    '{ me { ...f } any { ...f } } fragment f on Host { id email }',
    '{ me { ...f } any { ...f } } fragment f on Host { id }',
    ['me.email', 'any.email'],
  ],
  ['a fragment with nothing left', '{ open me { ...f } } fragment f on User { email }', '{ open }', ['me.email']],
])('nobody is refused %s', (_, query, left, refused) => {
  expect(seenBy(undefined, query)).toEqual({ left, refused });
});

test.each<[string, Viewer | undefined, string[]]>([
  ['the owner', viewer(), []],
  ['another', viewer({ id: 'u2' }), ['me.wallet']],
  ['nobody', undefined, ['me.wallet']],
])('a policy decides for %s', (_, who, refused) => {
  expect(seenBy(who, '{ open me { ... on Host { id wallet { amount } } } }').refused).toEqual(refused);
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
  const { operation, fragments } = parts('{ me { email ...f } level } fragment f on Host { wallet { amount } }');
  expect(requirementsOf(operation, fragments, rules)).toEqual([
    { kind: 'authenticated' },
    { kind: 'policies', anyOf: [['owner']] },
  ]);
});
