import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Deployments, first, functionOf, tableOf } from '../../../test/deployments.ts';
import { eventually } from '../../../test/eventually.ts';

/** CloudFormation's own behaviour, by its API. */

let aws: Deployments;
beforeAll(async () => {
  aws = await Deployments.start();
});
afterAll(() => aws?.remove());

const parameter = (Value: unknown, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/test/word', Type: 'String', Value, ...more },
});
/** A custom resource and its function. */
const custom = (name: string, properties: Record<string, unknown>, more: object = {}) => ({
  ...functionOf(name, 'custom-resource.handler'),
  Thing: {
    Type: 'Custom::Thing',
    Properties: { ServiceToken: { 'Fn::GetAtt': [name, 'Arn'] }, ...properties },
    ...more,
  },
});

test('a change set names each change, and whether it replaces', async () => {
  const before = { Resources: { Word: parameter('one'), Kept: tableOf('kept'), Gone: tableOf('gone') } };
  expect(await aws.deploy('changes', before)).toBe('CREATE_COMPLETE');
  const after = {
    Resources: { Word: parameter('two', { Name: '/test/renamed' }), Kept: tableOf('kept', ['a']), New: tableOf('new') },
  };
  const changes = (await aws.changeSet('changes', after)).split('<ResourceChange>').slice(1);
  const summary = changes.map((change) =>
    ['Action', 'LogicalResourceId', 'Replacement']
      .map((name) => first(change, name))
      .join(' ')
      .trim(),
  );
  expect(summary).toEqual(['Modify Word True', 'Modify Kept False', 'Add New', 'Remove Gone']);
  await expect(aws.deploy('changes', before)).rejects.toThrow("The submitted information didn't contain changes.");
});

test('resources are created in the order of their dependencies, with outputs and parameters', async () => {
  const template = {
    Parameters: {
      Greeting: { Type: 'String', Default: 'hello' },
      Stored: { Type: 'AWS::SSM::Parameter::Value<String>' },
    },
    Resources: {
      Last: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: syntax of CloudFormation
        ...parameter({ 'Fn::Sub': '${Greeting} from ${Middle} and ${Stored}' }, { Name: '/test/last' }),
        DependsOn: 'First',
      },
      Middle: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'middle', RedriveAllowPolicy: { Ref: 'First' } } },
      First: tableOf('first'),
    },
    Outputs: { Said: { Value: { 'Fn::GetAtt': ['First', 'Arn'] }, Description: 'A table' } },
  };
  const parameters = {
    'Parameters.member.1.ParameterKey': 'Stored',
    'Parameters.member.1.ParameterValue': '/test/word',
  };
  await expect(aws.deploy('ordered', template)).rejects.toThrow('Parameters: [Stored] must have values');
  expect(await aws.deploy('ordered', template, parameters)).toBe('CREATE_COMPLETE');
  const created = (await aws.events('ordered'))
    .filter(({ status }) => status === 'CREATE_COMPLETE')
    .map(({ id }) => id);
  expect(created).toEqual(['First', 'Middle', 'Last', 'ordered']);
  const described = await aws.call('DescribeStacks', { StackName: 'ordered' });
  expect(first(described, 'OutputValue')).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/first');
  expect(first(described, 'ResolvedValue')).toBe('one');
  expect(aws.system.model.parameters.find(({ name }) => name === '/test/last')?.value).toMatch(
    /^hello from http.*middle and one$/,
  );
});

test('a custom resource gets its events, and its answers are its id and attributes', async () => {
  const template = (how: string) => ({
    Resources: {
      ...custom('maker1', { how, id: 'thing-1' }),
      Word: parameter({ 'Fn::GetAtt': ['Thing', 'Word'] }, { Name: '/test/custom' }),
    },
  });
  expect(await aws.deploy('custom', template('make'))).toBe('CREATE_COMPLETE');
  expect(aws.system.model.parameters.find(({ name }) => name === '/test/custom')?.value).toBe('word of thing-1');
  expect(await aws.deploy('custom', template('change'))).toBe('UPDATE_COMPLETE');
  await aws.call('DeleteStack', { StackName: 'custom' });
  expect(await aws.settled('custom')).toBe('none');
  const sent = aws.logs
    .flatMap((line) => /^maker1 ({.*custom .*})/.exec(line)?.[1] ?? [])
    .map((line) => JSON.parse(JSON.parse(line).message.slice('custom '.length)));
  expect(sent).toMatchObject([
    { RequestType: 'Create', ResourceProperties: { how: 'make' } },
    { RequestType: 'Update', PhysicalResourceId: 'thing-1', OldResourceProperties: { how: 'make' } },
    { RequestType: 'Delete', PhysicalResourceId: 'thing-1', ResourceProperties: { how: 'change' } },
  ]);
});

test('a custom resource with another id after an update loses the old one, unless the update is undone', async () => {
  const template = (id: string, more: object = {}) => ({
    Resources: { ...custom('maker8', { id, how: 'answer' }), ...more },
  });
  const deleted = () =>
    aws.logs.flatMap((line) => /^maker8 .*"Delete\\".*PhysicalResourceId\\":\\"(\w+)/.exec(line)?.[1] ?? []);
  await aws.deploy('moving', template('one'));
  const refused = { Long: parameter('x'.repeat(5_000), { Name: '/test/moving' }) };
  const after = { ...refused.Long, DependsOn: 'Thing' };
  expect(await aws.deploy('moving', template('two', { Long: after }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await aws.call('DescribeStackResource', { StackName: 'moving', LogicalResourceId: 'Thing' })).toContain(
    '<PhysicalResourceId>one<',
  );
  expect(deleted()).toEqual(['two']);
  expect(await aws.deploy('moving', template('three'))).toBe('UPDATE_COMPLETE');
  expect(deleted()).toEqual(['two', 'one']);
});

test('a custom resource that does not answer fails after its timeout', async () => {
  const silent = { Resources: custom('maker2', { how: 'silent', ServiceTimeout: 1 }) };
  await aws.begin('silent', silent);
  expect(await aws.settled('silent')).toMatch(/^ROLLBACK/);
  const reasons = (await aws.events('silent')).map(({ reason }) => reason);
  expect(reasons.join()).toContain('CloudFormation did not receive a response from your Custom Resource');
});

test('a failed update is rolled back in full: created resources go, changed ones change back, data stays', async () => {
  const client = new DynamoDBClient(aws.system.awsAccess);
  const before = {
    Resources: { Data: tableOf('data'), Word: parameter('before', { Name: '/test/rollback' }) },
  };
  expect(await aws.deploy('rollback', before)).toBe('CREATE_COMPLETE');
  await client.send(new PutItemCommand({ TableName: 'data', Item: { id: { S: 'kept' } } }));
  const after = {
    Resources: {
      Data: tableOf('data', ['a']),
      Word: parameter('after', { Name: '/test/rollback' }),
      Added: tableOf('added'),
      ...custom('maker3', { how: 'fail', reason: 'no room' }, { DependsOn: ['Data', 'Word', 'Added'] }),
    },
  };
  expect(await aws.deploy('rollback', after)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await aws.failure('rollback')).toBe(
    'Received response status [FAILED] from custom resource. Message returned: no room',
  );
  const events = await aws.events('rollback');
  expect(events.find(({ status }) => status === 'UPDATE_ROLLBACK_IN_PROGRESS')?.reason).toBe(
    'The following resource(s) failed to create: [Thing]. ',
  );
  expect(events.filter(({ status }) => status === 'DELETE_COMPLETE').map(({ id }) => id)).toEqual([
    'Thing',
    'maker3',
    'maker3Role',
    'Added',
  ]);
  expect(aws.system.model.tables.find(({ name }) => name === 'data')?.create.GlobalSecondaryIndexes).toBeUndefined();
  expect(aws.system.model.parameters.find(({ name }) => name === '/test/rollback')?.value).toBe('before');
  expect((await client.send(new GetItemCommand({ TableName: 'data', Key: { id: { S: 'kept' } } }))).Item).toBeDefined();
  // And again: a rollback leaves a stack that can be deployed, and rolled back once more.
  expect(await aws.deploy('rollback', after)).toBe('UPDATE_ROLLBACK_COMPLETE');
  const { Thing: _, ...others } = after.Resources;
  expect(await aws.deploy('rollback', { Resources: others })).toBe('UPDATE_COMPLETE');
  expect(aws.system.model.parameters.find(({ name }) => name === '/test/rollback')?.value).toBe('after');
});

test('a rollback that fails can be continued', async () => {
  const template = (how: string, word: string) => ({
    Resources: {
      ...custom('maker4', { how, reason: how }, { DependsOn: 'Word' }),
      Word: parameter(word, { Name: '/test/continue' }),
    },
  });
  expect(await aws.deploy('continue', template('fail-update', 'x'))).toBe('CREATE_COMPLETE');
  expect(await aws.deploy('continue', template('fail', 'y'))).toBe('UPDATE_ROLLBACK_FAILED');
  await expect(aws.deploy('continue', template('make', 'z'))).rejects.toThrow('UPDATE_ROLLBACK_FAILED state');
  await aws.call('ContinueUpdateRollback', { StackName: 'continue' });
  expect(await aws.settled('continue')).toBe('UPDATE_ROLLBACK_FAILED');
  await aws.call('ContinueUpdateRollback', { StackName: 'continue', 'ResourcesToSkip.member.1': 'Thing' });
  expect(await aws.settled('continue')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await aws.deploy('continue', template('make', 'z'))).toBe('UPDATE_COMPLETE');
});

test('a first deployment that fails leaves no resources, and the stack can only be deleted', async () => {
  const template = {
    Resources: {
      ...custom('maker5', { how: 'fail', reason: 'never' }, { DependsOn: 'Left' }),
    },
  };
  expect(await aws.deploy('never', template)).toBe('ROLLBACK_COMPLETE');
  await expect(aws.deploy('never', template)).rejects.toThrow('is in ROLLBACK_COMPLETE state and can not be updated.');
  expect(aws.system.model.tables.map(({ name }) => name)).not.toContain('left');
  await aws.call('DeleteStack', { StackName: 'never' });
  expect(await aws.settled('never')).toBe('none');
});

test('a second deployment of a stack that is being deployed is refused', async () => {
  const template = (how: string) => ({
    Resources: {
      ...custom('maker6', { how, ServiceTimeout: 1 }),
    },
  });
  expect(await aws.deploy('twice', template('make'))).toBe('CREATE_COMPLETE');
  await aws.begin('twice', template('silent'));
  await expect(aws.deploy('twice', template('other'))).rejects.toThrow(
    /^Stack:arn:.*twice.* is in UPDATE_IN_PROGRESS state and can not be updated\.$/,
  );
  expect(await aws.settled('twice')).toMatch(/ROLLBACK/);
});

test('a retained resource stays with its data, and its name stays taken', async () => {
  const template = {
    Resources: {
      Data: { ...tableOf('retained'), DeletionPolicy: 'Retain' },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'retained-queue' }, DeletionPolicy: 'Retain' },
    },
  };
  expect(await aws.deploy('retaining', template)).toBe('CREATE_COMPLETE');
  await aws.call('DeleteStack', { StackName: 'retaining' });
  expect(await aws.settled('retaining')).toBe('none');
  expect(aws.system.model.queues.map(({ name }) => name)).toContain('retained-queue');
  expect(await aws.deploy('retaining', template)).toBe('ROLLBACK_COMPLETE');
  expect(await aws.failure('retaining')).toBe(
    `Resource handler returned message: "Resource of type 'AWS::DynamoDB::Table' with identifier 'retained' already exists." (HandlerErrorCode: AlreadyExists)`,
  );
});

test('a protected stack is not deleted', async () => {
  await aws.deploy('protected', { Resources: { Data: tableOf('protected') } });
  const protect = (EnableTerminationProtection: string) =>
    aws.call('UpdateTerminationProtection', { StackName: 'protected', EnableTerminationProtection });
  await protect('true');
  await expect(aws.call('DeleteStack', { StackName: 'protected' })).rejects.toThrow(
    'cannot be deleted while TerminationProtection is enabled',
  );
  await protect('false');
  await aws.call('DeleteStack', { StackName: 'protected' });
  expect(await aws.settled('protected')).toBe('none');
});

test('stacks, events and data survive a restart; an interrupted deployment is rolled back', async () => {
  const template = (how: string) => ({
    Resources: {
      Data: tableOf('restarted', how === 'silent' ? ['a'] : []),
      ...custom('maker7', { how }, { DependsOn: 'Data' }),
    },
  });
  await aws.deploy('restarted', template('make'));
  await aws.begin('restarted', template('silent'));
  await aws.stop();
  await aws.start();
  expect(await aws.settled('restarted')).toBe('UPDATE_ROLLBACK_COMPLETE');
  const events = await aws.events('restarted');
  expect(events.map(({ status }) => status)).toContain('CREATE_COMPLETE');
  expect(events.map(({ reason }) => reason)).toContain('The local system stopped in the middle of the operation.');
  expect(
    aws.system.model.tables.find(({ name }) => name === 'restarted')?.create.GlobalSecondaryIndexes,
  ).toBeUndefined();
});

test('a deployment that was complete but for its clean-up is cleaned up by the next start', async () => {
  const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'after-cleanup' } };
  const before = { Resources: { ...custom('maker9', { how: 'silent-delete', ServiceTimeout: 2 }), Queue: queue } };
  await aws.deploy('cleanup', before);
  await aws.begin('cleanup', { Resources: { Queue: queue } });
  await eventually(async () => expect(await aws.status('cleanup')).toBe('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'));
  await aws.stop();
  await aws.start();
  expect(await aws.settled('cleanup')).toBe('UPDATE_COMPLETE');
  expect(aws.system.model.queues.map(({ name }) => name)).toContain('after-cleanup');
});
