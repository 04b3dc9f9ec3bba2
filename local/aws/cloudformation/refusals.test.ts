import { Deployments, first, type TestTemplate, tableOf } from '../../../test/deployments.ts';

/** What AWS refuses, with AWS's reasons. */

let aws: Deployments;
beforeAll(async () => {
  aws = await Deployments.start();
});
afterAll(() => aws?.remove());

const only = (resource: object): TestTemplate => ({ Resources: { It: resource as TestTemplate['Resources'][string] } });
const parameter = (properties: object) =>
  only({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', ...properties } });
const key = (AttributeName: string) => ({
  KeySchema: [{ AttributeName, KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName, AttributeType: 'S' }],
});
const MUST_RENAME = (name: string) =>
  `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`;

/** Updates that fail when their resource is reached, and are rolled back. */
const FAILED_UPDATES: [name: string, before: TestTemplate, after: TestTemplate, reason: string][] = [
  [
    'two indexes created at once',
    only(tableOf('two-indexes')),
    only(tableOf('two-indexes', ['a', 'b'])),
    'Cannot perform more than one GSI creation or deletion in a single update',
  ],
  [
    'an index created and another deleted at once',
    only(tableOf('swapped', ['a'])),
    only(tableOf('swapped', ['b'])),
    'Cannot perform more than one GSI creation or deletion in a single update',
  ],
  ['a changed key', only(tableOf('key')), only(tableOf('key', [], key('other'))), MUST_RENAME('key')],
  [
    'an immutable property of a named resource',
    only({ Type: 'AWS::SQS::Queue', Properties: { QueueName: 'ordered' } }),
    only({ Type: 'AWS::SQS::Queue', Properties: { QueueName: 'ordered', FifoQueue: true } }),
    MUST_RENAME('ordered'),
  ],
  [
    'a parameter of more than 4 KB',
    parameter({ Name: '/long', Value: 'x' }),
    parameter({ Name: '/long', Value: 'x'.repeat(4_097) }),
    'Standard tier parameters support a maximum parameter value of 4096 characters.',
  ],
  [
    'a name that another resource of the stack has',
    only(tableOf('twin')),
    { Resources: { It: tableOf('twin'), Other: tableOf('twin') } },
    "Resource of type 'AWS::DynamoDB::Table' with identifier 'twin' already exists.",
  ],
];

test.each(FAILED_UPDATES)('%s: the update fails and is rolled back', async (name, before, after, reason) => {
  const stack = name.replaceAll(/\W+/g, '-');
  expect(await aws.deploy(stack, before)).toBe('CREATE_COMPLETE');
  expect(await aws.deploy(stack, after)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await aws.failure(stack)).toContain(reason);
});

test('one index at a time is updated', async () => {
  await aws.deploy('one-index', only(tableOf('one-index')));
  expect(await aws.deploy('one-index', only(tableOf('one-index', ['a'])))).toBe('UPDATE_COMPLETE');
  expect(await aws.deploy('one-index', only(tableOf('one-index', ['a', 'b'])))).toBe('UPDATE_COMPLETE');
});

test('a name of another stack is taken', async () => {
  const group = only({ Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/taken' } });
  await aws.deploy('first-owner', group);
  expect(await aws.deploy('second-owner', group)).toBe('ROLLBACK_COMPLETE');
  expect(await aws.failure('second-owner')).toContain(
    "Resource of type 'AWS::Logs::LogGroup' with identifier '/taken' already exists.",
  );
});

test('a renamed resource is replaced: the new one is created, then the old one deleted', async () => {
  await aws.deploy('renamed', only(tableOf('old-name')));
  expect(await aws.deploy('renamed', only(tableOf('new-name')))).toBe('UPDATE_COMPLETE');
  const events = (await aws.events('renamed')).map(({ id, status }) => `${id} ${status}`);
  expect(events.indexOf('It DELETE_COMPLETE')).toBeGreaterThan(events.lastIndexOf('It UPDATE_COMPLETE'));
  expect(aws.system.model.tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['new-name']));
});

/** Requests that are refused before anything happens. */
const REFUSED: [name: string, template: TestTemplate, reason: string][] = [
  [
    'more than 500 resources',
    { Resources: Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`R${i}`, { Type: 'X' }])) },
    'Template format error: Number of resources, 501, is greater than maximum allowed, 500',
  ],
  ['no resources', { Resources: {} }, 'At least one Resources member must be defined.'],
  [
    'an inline template of more than 51,200 bytes',
    parameter({ Name: '/x', Value: 'x'.repeat(51_200) }),
    'Member must have length less than or equal to 51200',
  ],
  [
    'resources that need each other',
    { Resources: { A: { Type: 'X', DependsOn: 'B' }, B: { Type: 'X', Properties: { a: { Ref: 'A' } } } } },
    'Circular dependency between resources: [A, B]',
  ],
  [
    'an SSM parameter that does not exist',
    {
      Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/absent' } },
      ...parameter({ Name: '/y', Value: 'y' }),
    },
    'Unable to fetch parameters [/absent] from parameter store for this account.',
  ],
];

test.each(REFUSED)('%s: refused', async (_, template, reason) => {
  await expect(aws.changeSet('refused', template)).rejects.toThrow(reason);
  expect(await aws.status('refused')).toBeUndefined();
});

test('a changed resource type: refused', async () => {
  await aws.deploy('retyped', only(tableOf('retyped')));
  await expect(aws.changeSet('retyped', parameter({ Name: '/z', Value: 'z' }))).rejects.toThrow(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: [It]',
  );
});

test('IAM resources without the capability: refused', async () => {
  const role = only({ Type: 'AWS::IAM::Role', Properties: {} });
  await expect(aws.changeSet('roles', role, { 'Capabilities.member.1': 'CAPABILITY_AUTO_EXPAND' })).rejects.toThrow(
    'Requires capabilities : [CAPABILITY_IAM]',
  );
  expect(first(await aws.changeSet('roles', role), 'Status')).toBe('CREATE_COMPLETE');
});
