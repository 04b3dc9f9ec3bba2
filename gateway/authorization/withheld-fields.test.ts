import { buildASTSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { satisfiesRequirement } from './permissions.ts';
import { readRequirements } from './requirements.ts';
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
const rules = { schema: buildASTSchema(SDL), requirements: readRequirements(SDL) };
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

/** Returns the response keys of the withheld fields. */
function withheldFrom(who: Viewer | undefined, query: string) {
  const { operation, fragments } = parts(query);
  const withheld = withheldFields(operation, fragments, rules, (each) => satisfiesRequirement(each, who, policies));
  return [...withheld].map(({ alias, name }) => (alias ?? name).value);
}

test.each<[string, string, string[]]>([
  ['a field', '{ me { id email } }', ['email']],
  ['a field under an alias', '{ you: me { id mail: email } }', ['mail']],
  ['a field, not the parent that selects only this field', '{ open me { email } }', ['email']],
  ['a field, not its ancestors', '{ open nested { inner { secret } } }', ['secret']],
  ['a field whose type has requirements', '{ open report { total } }', ['report']],
  ['a field whose enum has requirements', '{ open level }', ['level']],
  ['each field in a fragment on a type', '{ any { ... on Report { total again: total } } }', ['total', 'again']],
  ['a mutation', 'mutation { pay }', ['pay']],
  ['a field in a fragment', '{ me { ...f } any { ...f } } fragment f on Owner { id email }', ['email']],
  ['no __typename', '{ __typename any { __typename ... on Report { __typename } } }', []],
])('%s is withheld from an anonymous viewer', (_, query, withheld) => {
  expect(withheldFrom(undefined, query)).toEqual(withheld);
});

test.each<[string, Viewer | undefined, string[]]>([
  ['the owner', viewer(), []],
  ['another viewer', viewer({ id: 'u2' }), ['purse']],
  ['an anonymous viewer', undefined, ['purse']],
])('a policy decides for %s', (_, who, withheld) => {
  expect(withheldFrom(who, '{ open me { ... on Owner { id purse { amount } } } }')).toEqual(withheld);
});

test.each<[string[], string[]]>([
  [['reports:read'], ['report']],
  [['reports:read', 'graph'], []],
  [['admin'], []],
  [[], ['report']],
])('scopes %s', (scopes, withheld) => {
  expect(withheldFrom(viewer({ scopes }), '{ report { total } }')).toEqual(withheld);
});

test('an undefined policy is never satisfied', () => {
  expect(satisfiesRequirement({ kind: 'policies', anyOf: [['toString']] }, viewer(), policies)).toBe(false);
});

test("an operation's requirements are distinct", () => {
  const { operation, fragments } = parts('{ me { email ...f } level } fragment f on Owner { purse { amount } }');
  expect(requirementsOf(operation, fragments, rules)).toEqual([
    { kind: 'authenticated' },
    { kind: 'policies', anyOf: [['owner']] },
  ]);
});
