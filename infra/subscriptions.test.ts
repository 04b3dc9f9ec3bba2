import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SUBSCRIPTION_FUNCTIONS } from '#platform/function-names.ts';
import { cdkContext, discoverSubgraphs, LIBRARY } from '../build/discover.ts';
import { readSystemModel } from '../local/assembly/read-system-model.ts';
import { LibraryBuild } from '../test/library-build.ts';
import { WebSocketDoor } from './constructs/websocket-door.ts';
import { graphApp } from './graph-app.ts';
import { settingsFor } from './settings.ts';
import { checkAtSynth } from './synth-checks.ts';

const outdir = mkdtempSync(join(tmpdir(), 'subscriptions-'));
/** Directories of the latest assemblies, by stage. */
const assemblies = new Map<string, string>();
const SUBGRAPHS = discoverSubgraphs(LIBRARY).map(({ name }) => name);
const FIELDS = {
  bookChanged: { subgraph: 'books', events: ['BookOffered', 'BookWithdrawn'], topic: 'entityId' },
  booksOffered: { subgraph: 'books', events: ['BookOffered'], topic: 'data.author' },
  loanChanged: { subgraph: 'loans', events: ['BookReturned'], topic: 'data.memberId' },
};

/** Synthesizes a stage with the checks; returns its templates by service. Validation by AWS's schemas takes most of the time. */
async function synthesized(stage: string, { root } = build, more = {}, builtinCloudFormationValidation = false) {
  const context = { ...cdkContext(LIBRARY), root, stage, ...more };
  const directory = mkdtempSync(join(outdir, `${stage}-`));
  const app = await graphApp(new App({ outdir: directory, context, builtinCloudFormationValidation }));
  checkAtSynth(app);
  app.synth();
  const stacks = app.node.children.filter((child) => Stack.isStack(child));
  assemblies.set(stage, app.outdir);
  return Object.fromEntries(
    stacks.map((stack) => [stack.stackName.split('-').slice(2).join('-'), Template.fromStack(stack)]),
  );
}

const build = new LibraryBuild(FIELDS);
let dev: Record<string, Template>;
let prod: Record<string, Template>;
beforeAll(async () => {
  [dev, prod] = [await synthesized('dev', build, {}, true), await synthesized('prod', build, {}, true)];
}, 60_000);
afterAll(() => {
  build.remove();
  rmSync(outdir, { recursive: true });
});

const gateway = () => dev.gateway as Template;

function only(type: string, template = gateway()) {
  const found = Object.entries(template.findResources(type));
  const [[logicalId, { Properties, ...rest }] = ['', { Properties: {} }]] = found;
  expect([type, found.length]).toEqual([type, 1]);
  return { logicalId, properties: Properties, ...rest };
}

/** Returns the policy statements of a function's role, without those for its logs. */
function grantsOf(construct: string) {
  const policies = Object.entries(gateway().findResources('AWS::IAM::Policy'));
  const [, policy] = policies.find(([id]) => id.startsWith(`Subscriptions${construct}Role`)) ?? [];
  const [logs, ...grants] = policy?.Properties.PolicyDocument.Statement ?? [];
  expect(logs.Action).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  return Object.fromEntries(
    grants.map(({ Action, Resource }: { Action: string | string[]; Resource: unknown }) => [
      [Action].flat().join(),
      Resource,
    ]),
  );
}

function functionOf(service: string) {
  const FunctionName = `library-dev-${service}`;
  const [found] = Object.values(gateway().findResources('AWS::Lambda::Function', { Properties: { FunctionName } }));
  return found?.Properties;
}

test('a graph without subscriptions has none of their resources', async () => {
  const buildWithout = new LibraryBuild({});
  const { gateway: without, operations } = await synthesized('dev', buildWithout);
  buildWithout.remove();
  for (const type of ['AWS::ApiGatewayV2::Api', 'AWS::SQS::Queue', 'AWS::Lambda::EventSourceMapping'])
    without?.resourceCountIs(type, 0);
  without?.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
  expect(JSON.stringify([without?.toJSON(), operations?.toJSON()])).not.toContain('gateway-connections');
});

describe('the WebSocket API', () => {
  test('has the three routes, each to the live alias of gateway-connections', () => {
    const { logicalId: api } = only('AWS::ApiGatewayV2::Api');
    const routes = Object.values(gateway().findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties,
    );
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(['$connect', '$default', '$disconnect']);
    const integrations = Object.values(gateway().findResources('AWS::ApiGatewayV2::Integration'));
    expect(integrations).toHaveLength(3);
    for (const { Properties } of integrations) {
      expect(Properties).toMatchObject({ ApiId: { Ref: api }, IntegrationType: 'AWS_PROXY' });
      expect(JSON.stringify(Properties.IntegrationUri)).toContain('{"Ref":"SubscriptionsConnectionsLive');
    }
    const permissions = Object.values(gateway().findResources('AWS::Lambda::Permission')).filter(
      ({ Properties }) => Properties.Principal === 'apigateway.amazonaws.com',
    );
    expect(permissions).toHaveLength(3);
    for (const { Properties } of permissions)
      expect(JSON.stringify(Properties.SourceArn)).toMatch(/\$(connect|disconnect|default)"/);
  });

  test('is throttled, by stage, and its address is an output', () => {
    const settings = (template: Template) => only('AWS::ApiGatewayV2::Stage', template).properties;
    expect(settings(gateway())).toMatchObject({
      StageName: 'graphql',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1_000 },
    });
    expect(settings(prod.gateway as Template).DefaultRouteSettings.ThrottlingRateLimit).toBe(2_000);
    const { SubscriptionEndpoint } = gateway().findOutputs('SubscriptionEndpoint');
    expect(JSON.stringify(SubscriptionEndpoint?.Value)).toMatch(/wss:\/\/.*execute-api.*\/graphql/);
  });

  test('is not behind CloudFront in prod', () => {
    const { properties } = only('AWS::CloudFront::Distribution', prod.gateway);
    expect(JSON.stringify(properties.DistributionConfig)).not.toContain('execute-api');
    expect(properties.DistributionConfig.CacheBehaviors).toBeUndefined();
  });
});

describe('IAM', () => {
  const INVOKE = 'lambda:InvokeFunction';
  const MANAGE = 'execute-api:ManageConnections';

  test('the functions that run operations may invoke the subgraphs and store queries, as the gateway', () => {
    for (const construct of ['Connections', 'Delivery']) {
      const grants = grantsOf(construct);
      expect(JSON.stringify(grants[INVOKE]).match(/function:library-dev-\w+:live/g)).toEqual(
        SUBGRAPHS.map((name) => `function:library-dev-${name}:live`),
      );
      expect(grants['dynamodb:GetItem,dynamodb:PutItem']).toEqual({
        'Fn::GetAtt': [expect.stringMatching(/^QueriesTable/), 'Arn'],
      });
    }
  });

  test('gateway-connections may also use items of connections, and call its own API', () => {
    const {
      [INVOKE]: _,
      'dynamodb:GetItem,dynamodb:PutItem': __,
      [MANAGE]: connections,
      ...others
    } = grantsOf('Connections');
    expect(others).toEqual({
      'dynamodb:DeleteItem,dynamodb:GetItem,dynamodb:PutItem,dynamodb:UpdateItem': TABLE,
    });
    const { logicalId: api } = only('AWS::ApiGatewayV2::Api');
    const resources = JSON.stringify(connections);
    expect(resources.match(/\/graphql\/(POST|DELETE)\/@connections\/\*/g)).toHaveLength(2);
    expect(resources.split(`{"Ref":"${api}"}`)).toHaveLength(3);
  });

  test('gateway-fan-out may read the topics and send to the queue and its dead letters', () => {
    expect(grantsOf('FanOut')).toEqual({ 'dynamodb:Query': TABLE, 'sqs:SendMessage': expect.anything() });
    expect(JSON.stringify(grantsOf('FanOut')['sqs:SendMessage'])).not.toContain('*');
  });

  test('gateway-delivery may receive from the queue, and not send', () => {
    const { [INVOKE]: _, 'dynamodb:GetItem,dynamodb:PutItem': __, [MANAGE]: ___, ...others } = grantsOf('Delivery');
    expect(others).toEqual({
      'dynamodb:DeleteItem,dynamodb:GetItem,dynamodb:Query,dynamodb:UpdateItem': TABLE,
      'sqs:ChangeMessageVisibility,sqs:DeleteMessage,sqs:GetQueueAttributes,sqs:ReceiveMessage': QUEUE,
    });
  });

  test('only connections, whose ids are not known, are granted by a wildcard', () => {
    for (const { Properties } of Object.values(gateway().findResources('AWS::IAM::Policy')))
      for (const { Action, Resource } of Properties.PolicyDocument.Statement)
        if (Action !== MANAGE) expect(JSON.stringify([Action, Resource])).not.toContain('*');
  });

  const TABLE = { 'Fn::GetAtt': [expect.stringMatching(/^SubscriptionsTable/), 'Arn'] };
  const QUEUE = { 'Fn::GetAtt': [expect.stringMatching(/^SubscriptionsDeliveriesQueue/), 'Arn'] };
});

describe('the queue of deliveries', () => {
  const queues = () =>
    Object.fromEntries(
      Object.values(gateway().findResources('AWS::SQS::Queue')).map(({ Properties }) => [
        Properties.QueueName,
        Properties,
      ]),
    );

  test('is FIFO and encrypted, waits two timeouts, and gives up after 25 receives', () => {
    expect(queues()).toMatchObject({
      'library-dev-gateway-delivery.fifo': {
        FifoQueue: true,
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
        SqsManagedSseEnabled: true,
        VisibilityTimeout: 2 * functionOf('gateway-delivery')?.Timeout,
        RedrivePolicy: { maxReceiveCount: 25, deadLetterTargetArn: expect.anything() },
      },
      'library-dev-gateway-delivery-dlq.fifo': { FifoQueue: true, SqsManagedSseEnabled: true },
      'library-dev-gateway-fan-out-dlq': { SqsManagedSseEnabled: true },
    });
    expect(Object.keys(queues())).toHaveLength(3);
    const policies = JSON.stringify(gateway().findResources('AWS::SQS::QueuePolicy'));
    expect(policies.match(/"aws:SecureTransport":"false"/g)).toHaveLength(3);
  });

  test.each(['gateway-delivery-dlq.fifo', 'gateway-fan-out-dlq'])(
    '%s raises an alarm with its first message',
    (name) => {
      gateway().hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `library-dev-${name}`,
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 1,
        AlarmActions: [Match.anyValue()],
      });
    },
  );

  test('invokes gateway-delivery with batches whose failures it reports', () => {
    const { FunctionName, ...properties } = only('AWS::Lambda::EventSourceMapping').properties;
    expect(JSON.stringify(FunctionName)).toMatch(/"SubscriptionsDeliveryLive.*":live"/);
    expect(properties).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });
});

test('the table of connections expires its items, has no stream, and goes with the stack', () => {
  const [[, table] = []] = Object.entries(
    (prod.gateway as Template).findResources('AWS::DynamoDB::GlobalTable'),
  ).filter(([id]) => id.startsWith('SubscriptionsTable'));
  expect(table).toMatchObject({ DeletionPolicy: 'Delete' });
  expect(table?.Properties).toMatchObject({
    TableName: 'library-prod-gateway-connections',
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
  expect(table?.Properties).not.toHaveProperty('StreamSpecification');
});

test('one rule for each publisher invokes gateway-fan-out with the types that feed a subscription', () => {
  const rules = Object.values(gateway().findResources('AWS::Events::Rule')).map(({ Properties }) => Properties);
  expect(rules).toMatchObject([
    {
      Name: 'library-dev-gateway-fan-out-from-books',
      EventPattern: { source: ['books'], 'detail-type': ['BookOffered', 'BookWithdrawn'] },
    },
    {
      Name: 'library-dev-gateway-fan-out-from-loans',
      EventPattern: { source: ['loans'], 'detail-type': ['BookReturned'] },
    },
  ]);
  for (const { Targets } of rules)
    expect(Targets).toMatchObject([
      { RetryPolicy: { MaximumRetryAttempts: 185 }, DeadLetterConfig: { Arn: expect.anything() } },
    ]);
});

test('each function has the environment that it needs', () => {
  const variables = (service: string) => Object.keys(functionOf(service)?.Environment.Variables);
  const running = [
    'FUNCTION_PREFIX',
    'TOKEN_ISSUER',
    'TOKEN_AUDIENCE',
    'QUERY_TABLE',
    'LIMITS',
    'CONNECTIONS_ENDPOINT',
    'CONNECTION_TABLE',
  ];
  expect(variables('gateway-connections')).toEqual(expect.arrayContaining(running));
  expect(variables('gateway-connections')).not.toContain('DELIVERY_QUEUE_URL');
  expect(variables('gateway-delivery')).toEqual(expect.arrayContaining([...running, 'DELIVERY_QUEUE_URL']));
  expect(variables('gateway-fan-out')).toEqual(expect.arrayContaining(['CONNECTION_TABLE', 'DELIVERY_QUEUE_URL']));
  for (const missing of ['CONNECTIONS_ENDPOINT', 'FUNCTION_PREFIX'])
    expect(variables('gateway-fan-out')).not.toContain(missing);
});

test('messages of clients cannot take all of the account, and come before API Gateway gives up', () => {
  expect(functionOf('gateway-connections')).toMatchObject({ ReservedConcurrentExecutions: 50, Timeout: 29 });
});

test('the functions and the API are in the dashboards', () => {
  const bodyOf = (template?: Template) =>
    JSON.stringify(only('AWS::CloudWatch::Dashboard', template).properties.DashboardBody);
  for (const name of SUBSCRIPTION_FUNCTIONS) {
    expect(bodyOf(dev.gateway)).toContain(`library-dev-${name}`);
    expect(bodyOf(dev.operations)).toContain(`library-dev-${name}`);
  }
  for (const metric of ['ConnectCount', 'MessageCount', 'ApproximateAgeOfOldestMessage'])
    expect(bodyOf(dev.gateway)).toContain(metric);
});

test('the access log is a setting, which cdk-nag accepts either way', () => {
  expect(only('AWS::ApiGatewayV2::Stage').properties).not.toHaveProperty('AccessLogSettings');
  const settings = settingsFor('library', 'dev');
  const app = new App({ outdir: mkdtempSync(join(outdir, 'logged-')) });
  const stack = new Stack(app, 'logged');
  new WebSocketDoor(stack, 'Door', { ...settings, subscriptions: { ...settings.subscriptions, accessLogs: true } });
  checkAtSynth(app);
  app.synth();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    AccessLogSettings: { DestinationArn: Match.anyValue(), Format: Match.stringLikeRegexp('connectionId') },
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/apigateway/library-dev-subscriptions' });
});

test('in Apollo Studio, the operations of subscriptions are reported too', async () => {
  const { gateway: studio } = await synthesized('dev', build, { studio: { graphRef: 'library@dev' } });
  studio?.resourceCountIs('AWS::Logs::SubscriptionFilter', 3);
});

test('the local run reads all of it', () => {
  const model = readSystemModel(assemblies.get('dev') ?? '', { 'AWS::Cognito::UserPool': { ProviderURL: () => '' } });
  const target = { functionName: 'library-dev-gateway-connections', qualifier: 'live', timeout: 29_000 };
  expect(model.webSocketApi).toMatchObject({
    stage: 'graphql',
    routes: { $connect: target, $disconnect: target, $default: target },
  });
  expect(model.queueMappings).toEqual([
    {
      functionName: 'library-dev-gateway-delivery',
      qualifier: 'live',
      queueName: 'library-dev-gateway-delivery.fifo',
      batchSize: 10,
      window: 0,
      maxConcurrency: 10,
      reportsFailures: true,
      filters: [],
    },
  ]);
  expect(model.queues.find(({ name }) => name === 'library-dev-gateway-delivery.fifo')).toMatchObject({
    fifo: { hasContentDeduplication: false, deduplicatesByGroup: true },
    redrive: { queueName: 'library-dev-gateway-delivery-dlq.fifo', maxReceives: 25 },
    visibilityTimeout: 120_000,
  });
  expect(model.unsupported.map(({ type }) => type).filter((type) => /ApiGateway|SQS|EventSource/.test(type))).toEqual([
    'AWS::ApiGatewayV2::Stage DefaultRouteSettings',
  ]);
});
