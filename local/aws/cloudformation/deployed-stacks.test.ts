import { Deployments, first, type TestTemplate } from '../../../test/deployments.ts';

/** The stacks of the assembly, and what deployments make of them. */

let aws: Deployments;
beforeAll(async () => {
  aws = await Deployments.start({ words: words('one') });
});
afterAll(() => aws?.remove());

function words(value: string): TestTemplate {
  const Word = { Type: 'AWS::SSM::Parameter', Properties: { Name: '/word', Type: 'String', Value: value } };
  return { Resources: { Word } };
}

const running = () => aws.system.model.parameters.map(({ value }) => value);

async function restart(stacks?: Record<string, TestTemplate>): Promise<void> {
  await aws.stop();
  if (stacks) aws.writeAssembly(stacks);
  await aws.start();
}

test('stacks of the assembly are deployed stacks, with their resources and template', async () => {
  expect(await aws.status('words')).toBe('CREATE_COMPLETE');
  expect(await aws.events('words')).toMatchObject([{ id: 'words', reason: 'Run from the assembly' }]);
  expect(await aws.call('ListStackResources', { StackName: 'words' })).toContain('AWS::SSM::Parameter');
  expect(JSON.parse(first(await aws.call('GetTemplate', { StackName: 'words' }), 'TemplateBody'))).toEqual(
    words('one'),
  );
});

test('what was deployed stays, also after a restart, until the assembly changes', async () => {
  expect(await aws.deploy('words', words('two'))).toBe('UPDATE_COMPLETE');
  await aws.system.reload();
  expect(running()).toEqual(['two']);
  await restart();
  expect(running()).toEqual(['two']);
  expect(aws.system.stackDifferences).toEqual([{ name: 'words', kind: 'changed' }]);
  await restart({ words: words('three') });
  expect(running()).toEqual(['three']);
  expect(aws.system.stackDifferences).toEqual([]);
});

test('a destroyed stack stays away until the assembly changes', async () => {
  await aws.call('DeleteStack', { StackName: 'words' });
  expect(await aws.settled('words')).toBe('none');
  await restart();
  expect(running()).toEqual([]);
  expect(aws.system.stackDifferences).toEqual([{ name: 'words', kind: 'destroyed' }]);
  await restart({ words: words('four') });
  expect(running()).toEqual(['four']);
});

test('a stack that leaves the assembly goes; one that was only deployed stays', async () => {
  const own = { Resources: { Own: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'own' } } } };
  expect(await aws.deploy('own', own)).toBe('CREATE_COMPLETE');
  await restart({});
  expect(running()).toEqual([]);
  expect(aws.system.model.queues.map(({ name }) => name)).toEqual(['own']);
  expect(aws.system.stackDifferences).toEqual([{ name: 'own', kind: 'extra' }]);
});

test('a stack that was deployed as it is in the assembly does not differ from it', async () => {
  await restart({ words: words('five') });
  expect(await aws.deploy('words', words('six'))).toBe('UPDATE_COMPLETE');
  const names = () => aws.system.stackDifferences.map(({ name }) => name);
  expect(names()).toContain('words');
  const CDKMetadata = { Type: 'AWS::CDK::Metadata', Properties: { Statistics: 'of this run' } };
  const asInAssembly = { Resources: { ...words('five').Resources, CDKMetadata } };
  expect(await aws.deploy('words', asInAssembly)).toBe('UPDATE_COMPLETE');
  expect(names()).not.toContain('words');
});
