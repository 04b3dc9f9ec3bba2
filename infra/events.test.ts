import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { DIST } from '../build/bundle.ts';
import { checkEvents } from './check-events.ts';
import { settingsFor } from './settings.ts';
import { EventBusStack } from './stacks/event-bus-stack.ts';
import { SubgraphStack } from './stacks/subgraph-stack.ts';

const settings = settingsFor('graph', 'dev');
const name = `fixture-${process.pid}`;
const folder = { name, path: join(DIST, name), publishes: true, consumes: true };
const config = {
  table: { partitionKey: 'id', access: { service: ['PutItem'], consumer: ['PutItem'] } },
  consumes: { books: ['BookOffered', 'BookTakenBack'], loans: ['LoanStarted'] },
  memory: 512,
  timeout: 10,
} satisfies SubgraphConfig;
const bundles = [name, `${name}-consumer`, 'publisher'].map((each) => join(DIST, each));

beforeAll(() => {
  for (const directory of bundles) mkdirSync(directory, { recursive: true });
  writeFileSync(join(folder.path, 'schema.graphql'), 'type Query { fixture: ID }');
});
afterAll(() => {
  for (const directory of bundles.slice(0, 2)) rmSync(directory, { recursive: true });
});

const unstaged = { context: { 'aws:cdk:disable-asset-staging': true } };

function synthesized(of: Partial<typeof folder> = {}): Template {
  // Validation by AWS's schemas takes most of the time of a synthesis; a test below has it.
  const app = new App({ ...unstaged, builtinCloudFormationValidation: false });
  const stack = new SubgraphStack(app, { settings, folder: { ...folder, ...of }, config });
  return Template.fromStack(stack);
}

/** Returns the grants of the function with this name ending, as `action resource`. */
function grantsOf(template: Template, suffix: string): string[] {
  const functions = template.findResources('AWS::Lambda::Function');
  const fn = Object.values(functions).find(({ Properties }) => Properties.FunctionName.endsWith(suffix));
  const role = fn?.Properties.Role['Fn::GetAtt'][0];
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${JSON.stringify(Resource)}`));
}

describe('a service that publishes', () => {
  test('has a stream of new images, and a publisher for new outbox items', () => {
    const template = synthesized();
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: `graph-dev-${name}-publisher`,
      Environment: { Variables: Match.objectLike({ EVENT_BUS_NAME: 'graph-dev-events' }) },
    });
    const pattern = { eventName: ['INSERT'], dynamodb: { NewImage: { outbox: { S: [{ exists: true }] } } } };
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] },
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  test('its publisher may only read its stream, write to the bus and send to its dead-letter queue', () => {
    const grants = grantsOf(synthesized(), '-publisher');
    const actions = grants.map((grant) => grant.split(' ')[0]).sort();
    expect(actions).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'events:PutEvents',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:SendMessage',
    ]);
    expect(grants.find((grant) => grant.startsWith('events:'))).toContain(':event-bus/graph-dev-events"');
    for (const grant of grants.filter((each) => each.startsWith('dynamodb:'))) expect(grant).toContain('StreamArn');
  });

  test('a service without events.ts has neither stream nor publisher', () => {
    const template = synthesized({ publishes: false });
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 0);
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', { StreamSpecification: Match.absent() });
  });
});

describe('a service that consumes', () => {
  test('has a rule for each publisher, with the event types it names', () => {
    const template = synthesized();
    template.resourceCountIs('AWS::Events::Rule', 2);
    template.hasResourceProperties('AWS::Events::Rule', {
      Name: `graph-dev-${name}-from-books`,
      EventBusName: 'graph-dev-events',
      EventPattern: { source: ['books'], 'detail-type': ['BookOffered', 'BookTakenBack'] },
      Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue(), RetryPolicy: Match.anyValue() })],
    });
  });

  test('retries events twice, then sends them to the dead-letter queue', () => {
    const template = synthesized();
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: `graph-dev-${name}-consumer-dlq`,
      SqsManagedSseEnabled: true,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: `graph-dev-${name}-consumer-dlq`,
      Threshold: 1,
      AlarmActions: [Match.anyValue()],
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      }),
    });
  });

  test('its consumer may only use the table, as configured, and its dead-letter queue', () => {
    const template = synthesized();
    const ofTable = (suffix: string) => grantsOf(template, suffix).filter((grant) => grant.startsWith('dynamodb:'));
    expect(ofTable('-consumer')).toEqual(ofTable(name));
    const others = grantsOf(template, '-consumer').filter((grant) => !/^(dynamodb|logs):/.test(grant));
    expect(others).toEqual([expect.stringMatching(/^sqs:SendMessage .*ConsumerDeadLetters/)]);
  });
});

test('the bus archives every event and exports nothing', () => {
  const template = Template.fromStack(new EventBusStack(new App(), { settings }));
  template.hasResourceProperties('AWS::Events::EventBus', { Name: 'graph-dev-events' });
  template.hasResourceProperties('AWS::Events::Archive', { EventPattern: { source: [{ prefix: '' }] } });
  expect(template.findOutputs('*')).toEqual({});
});

test('event resources are valid and have no unacknowledged cdk-nag findings', () => {
  const app = new App(unstaged);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  new EventBusStack(app, { settings });
  new SubgraphStack(app, { settings, folder, config });
  expect(() => app.synth()).not.toThrow();
});

describe('rejects an event configuration that contradicts the folders:', () => {
  const all = [folder, { ...folder, name: 'books' }, { ...folder, name: 'loans' }];
  const check = (of: Partial<typeof folder>, changes: Partial<SubgraphConfig>) => () =>
    checkEvents({ ...folder, ...of }, { ...config, ...changes }, all);

  test.each([
    ['no events for a consumer', {}, { consumes: {} }, 'names no events in "consumes"'],
    ['events for no consumer', { consumes: false }, {}, 'has no consumer.ts'],
    ['events of an unknown service', {}, { consumes: { unknown: ['X'] } }, 'consumes events of "unknown"'],
    ['a rebuildable publisher', {}, { rebuildable: true }, 'would publish them again'],
    [
      'a rebuildable service without a consumer',
      { consumes: false },
      { consumes: {}, rebuildable: true },
      'no consumer.ts to replay events to',
    ],
  ])('%s', (_, of, changes, message) => {
    expect(check(of, changes)).toThrow(message);
  });

  test('accepts a matching configuration', () => {
    expect(check({}, {})).not.toThrow();
    expect(check({ publishes: false }, { rebuildable: true })).not.toThrow();
  });
});
