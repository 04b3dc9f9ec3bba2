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
  ['nothing allows nothing', [], 'dynamodb:GetItem', TABLE, false],
  ['the very action on the very resource', [allow('dynamodb:GetItem', TABLE)], 'dynamodb:GetItem', TABLE, true],
  ['another action', [allow('dynamodb:GetItem', TABLE)], 'dynamodb:PutItem', TABLE, false],
  ['another resource', [allow('dynamodb:GetItem', `${TABLE}2`)], 'dynamodb:GetItem', TABLE, false],
  ['an action in other letters', [allow('DynamoDB:getitem', TABLE)], 'dynamodb:GetItem', TABLE, true],
  ['a resource in other letters', [allow('dynamodb:GetItem', TABLE.toUpperCase())], 'dynamodb:GetItem', TABLE, false],
  ['one of several', [allow(['a:B', 'dynamodb:Query'], [TABLE, INDEX])], 'dynamodb:Query', INDEX, true],
  ['* stands for any characters', [allow('dynamodb:*Item', '*')], 'dynamodb:GetItem', TABLE, true],
  ['* does not stand for another service', [allow('dynamodb:*', '*')], 'lambda:InvokeFunction', TABLE, false],
  [
    '? stands for one character',
    [allow('dynamodb:?etItem', `${TABLE.slice(0, -1)}?`)],
    'dynamodb:GetItem',
    TABLE,
    true,
  ],
  ['? stands for no less than one', [allow('dynamodb:GetItem', `${TABLE}?`)], 'dynamodb:GetItem', TABLE, false],
  ['a dot is a dot', [allow('dynamodb.GetItem', TABLE)], 'dynamodb:GetItem', TABLE, false],
  ['a table is not its index', [allow('dynamodb:Query', TABLE)], 'dynamodb:Query', INDEX, false],
  ['an index is not its table', [allow('dynamodb:Query', INDEX)], 'dynamodb:Query', TABLE, false],
  ['deny wins', [allow('*', '*'), deny('dynamodb:Get*', '*')], 'dynamodb:GetItem', TABLE, false],
  ['deny of something else', [deny('dynamodb:PutItem', '*'), allow('*', '*')], 'dynamodb:GetItem', TABLE, true],
])('%s', (_, statements, action, resource, expected) => {
  expect(isAllowed(statements, action, resource)).toBe(expected);
});

test('a condition, which is not read, allows nothing and denies still', () => {
  const Condition = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };
  expect(isAllowed([{ ...allow('*', '*'), Condition }], 'a:B', 'c')).toBe(false);
  expect(isAllowed([allow('*', '*'), { ...deny('a:B', '*'), Condition }], 'a:B', 'c')).toBe(false);
});

test('NotAction and NotResource, which are not read, allow nothing', () => {
  const notAction = { Effect: 'Allow' as const, NotAction: 'a:B', Resource: '*' };
  const notResource = { Effect: 'Allow' as const, Action: '*', NotResource: 'c' };
  expect(isAllowed([notAction, notResource], 'x:Y', 'z')).toBe(false);
});
