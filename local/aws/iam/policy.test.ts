import { isAllowed, type PolicyStatement } from './policy.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/stays';
const INDEX = `${TABLE}/index/by-age`;
const allow = (Action: string | string[], Resource: string | string[]): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deny = (Action: string, Resource: string): PolicyStatement => ({ ...allow(Action, Resource), Effect: 'Deny' });

test.each<[string, PolicyStatement[], string, string, boolean]>([
  ['no statement', [], 'dynamodb:GetItem', TABLE, false],
  ['the same action on the same resource', [allow('dynamodb:GetItem', TABLE)], 'dynamodb:GetItem', TABLE, true],
  ['another action', [allow('dynamodb:GetItem', TABLE)], 'dynamodb:PutItem', TABLE, false],
  ['another resource', [allow('dynamodb:GetItem', `${TABLE}2`)], 'dynamodb:GetItem', TABLE, false],
  ['an action in another case', [allow('DynamoDB:getitem', TABLE)], 'dynamodb:GetItem', TABLE, true],
  ['a resource in another case', [allow('dynamodb:GetItem', TABLE.toUpperCase())], 'dynamodb:GetItem', TABLE, false],
  ['one of several', [allow(['a:B', 'dynamodb:Query'], [TABLE, INDEX])], 'dynamodb:Query', INDEX, true],
  ['* matches any characters', [allow('dynamodb:*Item', '*')], 'dynamodb:GetItem', TABLE, true],
  ['* does not match another service', [allow('dynamodb:*', '*')], 'lambda:InvokeFunction', TABLE, false],
  ['? matches one character', [allow('dynamodb:?etItem', `${TABLE.slice(0, -1)}?`)], 'dynamodb:GetItem', TABLE, true],
  ['? does not match an empty string', [allow('dynamodb:GetItem', `${TABLE}?`)], 'dynamodb:GetItem', TABLE, false],
  ['a dot matches only a dot', [allow('dynamodb.GetItem', TABLE)], 'dynamodb:GetItem', TABLE, false],
  ['permission on a table does not cover its index', [allow('dynamodb:Query', TABLE)], 'dynamodb:Query', INDEX, false],
  ['permission on an index does not cover its table', [allow('dynamodb:Query', INDEX)], 'dynamodb:Query', TABLE, false],
  ['deny wins', [allow('*', '*'), deny('dynamodb:Get*', '*')], 'dynamodb:GetItem', TABLE, false],
  ['deny of something else', [deny('dynamodb:PutItem', '*'), allow('*', '*')], 'dynamodb:GetItem', TABLE, true],
])('%s', (_, statements, action, resource, expected) => {
  expect(isAllowed(statements, action, resource)).toBe(expected);
});

test('a statement with a condition, which is not supported, never allows but still denies', () => {
  const Condition = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };
  expect(isAllowed([{ ...allow('*', '*'), Condition }], 'a:B', 'c')).toBe(false);
  expect(isAllowed([allow('*', '*'), { ...deny('a:B', '*'), Condition }], 'a:B', 'c')).toBe(false);
});

test('NotAction and NotResource, which are not supported, allow nothing', () => {
  const notAction = { Effect: 'Allow' as const, NotAction: 'a:B', Resource: '*' };
  const notResource = { Effect: 'Allow' as const, Action: '*', NotResource: 'c' };
  expect(isAllowed([notAction, notResource], 'x:Y', 'z')).toBe(false);
});
