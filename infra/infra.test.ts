import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { cdkContext, discoverSubgraphs, LIBRARY, outputOf } from '../build/discover.ts';
import { corsHeaders } from '../gateway/http/cors.ts';
import { readSystemModel } from '../local/assembly/read-system-model.ts';
import { isServiceAllowed } from '../local/aws/iam/resource-policy.ts';
import { Firewall } from '../local/http/cloudfront.ts';
import { GATEWAY_BUILD } from '../schema-check/lambda/gateway-build.ts';
import { fromParts } from '../schema-check/lambda/schema-parts.ts';
import { LibraryBuild } from '../test/library-build.ts';
import { Edge } from './constructs/cloudfront.ts';
import { SchemaCheck } from './constructs/schema-check-resource.ts';
import { ServiceFunction } from './constructs/service-function.ts';
import { graphApp } from './graph-app.ts';
import { settingsFor } from './settings.ts';
import { FirewallStack } from './stacks/firewall-stack.ts';
import { checkAtSynth } from './synth-checks.ts';

/** Without subscriptions, whose resources have tests of their own. */
const build = new LibraryBuild({});
const CONTEXT = { ...cdkContext(LIBRARY), root: build.root };
const SUBGRAPHS = discoverSubgraphs(LIBRARY).map(({ name }) => name);
const outdir = mkdtempSync(join(tmpdir(), 'infra-'));
afterAll(() => {
  build.remove();
  rmSync(outdir, { recursive: true });
});

/** Synthesizes the app of a stage, which a test below validates; returns its templates by service. */
async function synthesized(stage: string) {
  const context = { ...CONTEXT, stage };
  const app = await graphApp(new App({ outdir: join(outdir, stage), context, builtinCloudFormationValidation: false }));
  const stacks = app.node.children.filter((child) => Stack.isStack(child));
  const templates = Object.fromEntries(
    stacks.map((stack) => [stack.stackName.split('-').slice(2).join('-'), Template.fromStack(stack)]),
  );
  return { app, stacks, templates };
}

let dev: Awaited<ReturnType<typeof synthesized>>;
let prod: Awaited<ReturnType<typeof synthesized>>;
beforeAll(async () => {
  [dev, prod] = [await synthesized('dev'), await synthesized('prod')];
}, 60_000);

interface Config {
  default: SubgraphConfig;
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

function templateOf(service: string): Template {
  const template = dev.templates[service];
  if (!template) throw new Error(`There is no stack of ${service}`);
  return template;
}

/** Returns the policy statements of a template, or of one function by its construct id. */
function statementsOf(template: Template, construct = ''): Statement[] {
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([logicalId]) => logicalId.startsWith(construct))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

/** Returns the main function of a service. */
function functionOf(service: string, stack = service) {
  const FunctionName = `library-dev-${service}`;
  const found = templateOf(stack).findResources('AWS::Lambda::Function', { Properties: { FunctionName } });
  const [[logicalId, { Properties }] = ['', { Properties: {} }]] = Object.entries(found);
  return { logicalId, properties: Properties };
}

function resource(template: Template, type: string) {
  const [[logicalId, { Properties, ...rest }] = ['', { Properties: {} }], ...others] = Object.entries(
    template.findResources(type),
  );
  expect(others).toEqual([]);
  return { logicalId, properties: Properties, ...rest };
}

/** Wraps single values, which CloudFormation templates write without a list. */
const oneOrAll = <T>(values: T[]) => (values.length === 1 ? values[0] : values);

function arn(service: string, resource: string) {
  const account = [{ Ref: 'AWS::Partition' }, `:${service}:`, { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }];
  return { 'Fn::Join': ['', ['arn:', ...account, `:${resource}`]] };
}

const ownLogs = {
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: { 'Fn::GetAtt': [expect.stringMatching(/^(Service|Gateway|SchemaCheckFunction)Logs/), 'Arn'] },
};

test('there is a stack for each subgraph, the gateway, identity, events and operations', () => {
  const others = ['gateway', 'identity', 'events', 'operations'];
  expect(Object.keys(dev.templates).sort()).toEqual([...others, ...SUBGRAPHS].sort());
});

describe('IAM', () => {
  test.each(SUBGRAPHS)(
    '%s writes its own logs, uses the items of its own table, and queries its indexes',
    async (service) => {
      const { default: config } = (await import(`../test/graph/subgraphs/${service}/subgraph.config.ts`)) as Config;
      const indexes = (config.table.indexes ?? []).map(({ name }) => name).sort();
      const actions = [...config.table.access.service].sort();
      const { logicalId } = resource(templateOf(service), 'AWS::DynamoDB::GlobalTable');
      const tableArn = { 'Fn::GetAtt': [logicalId, 'Arn'] };
      const indexArns = indexes.map((name) => ({ 'Fn::Join': ['', [tableArn, `/index/${name}`]] }));
      expect(statementsOf(templateOf(service), 'Service')).toEqual([
        ownLogs,
        { Effect: 'Allow', Action: oneOrAll(actions.map((name) => `dynamodb:${name}`)), Resource: tableArn },
        ...(indexes.length > 0
          ? [{ Effect: 'Allow', Action: 'dynamodb:Query', Resource: indexArns.length > 1 ? indexArns : indexArns[0] }]
          : []),
      ]);
    },
  );

  test('the gateway may only write its logs, invoke the live alias of each subgraph, and store queries', () => {
    const arnOf = (service: string) => arn('lambda', `function:library-dev-${service}:live`);
    expect(statementsOf(templateOf('gateway'), 'Gateway')).toEqual([
      ownLogs,
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: SUBGRAPHS.map(arnOf) },
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^QueriesTable/), 'Arn'] },
      },
    ]);
  });

  test('the schema check may only write its logs and read the published schemas', () => {
    expect(statementsOf(templateOf('gateway'), 'SchemaCheck')).toEqual([
      ownLogs,
      {
        Effect: 'Allow',
        Action: 'ssm:GetParametersByPath',
        Resource: arn('ssm', 'parameter/library/dev/schemas'),
      },
    ]);
  });

  test("no role has a wildcard, managed or inline policy, except CodeDeploy's managed one", () => {
    for (const template of Object.values(dev.templates)) {
      for (const { Effect, Action, Resource } of statementsOf(template)) {
        expect([Effect, JSON.stringify([Action, Resource])]).toEqual(['Allow', expect.not.stringContaining('*')]);
      }
      for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
        const [{ Principal }] = Properties.AssumeRolePolicyDocument.Statement;
        const isForDeployment = Principal.Service === 'codedeploy.amazonaws.com';
        const policies = JSON.stringify(Properties.ManagedPolicyArns ?? []);
        expect(policies).toMatch(isForDeployment ? /AWSCodeDeployRoleForLambdaLimited"\]\]\}\]$/ : /^\[\]$/);
        expect(Properties).not.toHaveProperty('Policies');
      }
    }
  });

  test('each function has its own role, which only Lambda may assume', () => {
    for (const service of ['gateway', ...SUBGRAPHS]) {
      const template = templateOf(service);
      const functions = Object.values(template.findResources('AWS::Lambda::Function'));
      const roles = functions.map(({ Properties }) => Properties.Role['Fn::GetAtt'][0]);
      expect(new Set(roles).size).toBe(functions.length);
      for (const role of roles) {
        expect(template.findResources('AWS::IAM::Role')[role]?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
        ]);
      }
    }
  });
});

test.each(SUBGRAPHS)('the table of %s is on demand, encrypted, recoverable and retained', (name) => {
  const table = resource(templateOf(name), 'AWS::DynamoDB::GlobalTable');
  expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(table.properties).toMatchObject({
    TableName: `library-dev-${name}`,
    BillingMode: 'PAY_PER_REQUEST',
    SSESpecification: { SSEEnabled: true },
    Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
  });
});

test.each(['gateway', ...SUBGRAPHS])('the function of %s runs Node 24 on arm64', (name) => {
  const template = templateOf(name);
  const { logicalId, properties } = functionOf(name);
  expect(properties).toMatchObject({
    FunctionName: `library-dev-${name}`,
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringMatching(/Logs/) } },
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: `/aws/lambda/library-dev-${name}`,
    RetentionInDays: 7,
  });
  template.hasResourceProperties('AWS::Lambda::Alias', {
    Name: 'live',
    FunctionName: { Ref: logicalId },
    FunctionVersion: { 'Fn::GetAtt': [Match.stringLikeRegexp('CurrentVersion'), 'Version'] },
  });
});

test('each function shifts to a new version with alarms that roll it back', () => {
  for (const { templates, config } of [
    { ...dev, config: 'CodeDeployDefault.LambdaAllAtOnce' },
    { ...prod, config: 'CodeDeployDefault.LambdaCanary10Percent5Minutes' },
  ]) {
    for (const service of ['gateway', ...SUBGRAPHS]) {
      const template = templates[service];
      const functions = Object.keys(template?.findResources('AWS::Lambda::Alias') ?? {}).length;
      expect(functions).toBeGreaterThan(0);
      template?.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', functions);
      template?.allResourcesProperties('AWS::CodeDeploy::DeploymentGroup', {
        DeploymentConfigName: config,
        AlarmConfiguration: Match.objectLike({ Enabled: true }),
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
      });
    }
  }
});

test('only rates of the new version roll it back; single errors, throttles and slow outliers notify', () => {
  for (const service of ['gateway', ...SUBGRAPHS]) {
    const template = templateOf(service);
    const groups = Object.values(template.findResources('AWS::CodeDeploy::DeploymentGroup'));
    for (const { Properties } of groups) {
      const rollingBack: { Name: { Ref: string } }[] = Properties.AlarmConfiguration.Alarms;
      const alarms = rollingBack.map(({ Name }) => template.findResources('AWS::CloudWatch::Alarm')[Name.Ref]);
      expect(alarms.map((alarm) => alarm?.Properties.AlarmName)).toEqual([
        expect.stringMatching(/^library-dev-.*-version-errors$/),
        expect.stringMatching(/^library-dev-.*-version-latency$/),
      ]);
      for (const { Properties } of alarms.filter((alarm) => alarm !== undefined)) {
        expect(Properties).toMatchObject({ EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
        const [{ Expression }, ...metrics] = Properties.Metrics;
        expect(Expression).toMatch(/^IF\(calls >= 50, /);
        expect(metrics).toHaveLength(2);
        for (const { MetricStat } of metrics) {
          expect(MetricStat).toMatchObject({ Period: 300, Metric: { Namespace: 'AWS/Lambda' } });
          expect(MetricStat.Metric.Dimensions).toContainEqual({
            Name: 'ExecutedVersion',
            Value: { 'Fn::GetAtt': [expect.stringMatching(/CurrentVersion/), 'Version'] },
          });
        }
      }
    }
    const notifying = Object.values(template.findResources('AWS::CloudWatch::Alarm')).filter(
      ({ Properties }) => Properties.Namespace === 'AWS/Lambda',
    );
    expect(notifying).toHaveLength(groups.length * 3);
    for (const { Properties } of notifying)
      expect(Properties.Dimensions.map(({ Name }: { Name: string }) => Name)).toEqual(['FunctionName', 'Resource']);
  }
});

test.each(['dev', 'prod'])('the alarms of %s may notify their topic', (stage) => {
  const model = readSystemModel(join(outdir, stage), { 'AWS::Cognito::UserPool': { ProviderURL: () => '' } });
  expect(model.alarms.length).toBeGreaterThan(30);
  const policies = new Map(model.resourcePolicies.map(({ resource: arn, statements }) => [arn, statements]));
  for (const { arn, actions } of model.alarms)
    for (const topic of actions.ALARM) {
      expect(model.topics.map((each) => each.arn)).toContain(topic);
      const access = { service: 'cloudwatch.amazonaws.com', action: 'sns:Publish', sourceArn: arn };
      expect(isServiceAllowed(policies.get(topic) ?? [], access)).toBe(true);
    }
});

test('the error alarm needs a failure rate of 10 % over at least fifty calls', () => {
  const alarms = templateOf('loans').findResources('AWS::CloudWatch::Alarm', {
    Properties: { AlarmName: 'library-dev-loans-version-errors' },
  });
  const [alarm] = Object.values(alarms);
  expect(alarm?.Properties).toMatchObject({
    Threshold: 10,
    Metrics: expect.arrayContaining([
      expect.objectContaining({ Expression: 'IF(calls >= 50, 100 * FILL(errors, 0) / calls, 0)' }),
    ]),
  });
});

test('each service has a dashboard of its function and service metrics', () => {
  for (const service of ['gateway', ...SUBGRAPHS]) {
    const { properties } = resource(templateOf(service), 'AWS::CloudWatch::Dashboard');
    expect(properties.DashboardName).toBe(`library-dev-${service}`);
    const body = JSON.stringify(properties.DashboardBody);
    expect(body).toContain(`library-dev-graph\\",\\"Latency\\",\\"service\\",\\"${service}`);
    expect(body).toContain(`library-dev-${service}`);
  }
});

test("the gateway's dashboard has the cost of each operation, from the lines of all functions that serve requests", () => {
  const { properties } = resource(templateOf('gateway'), 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(properties.DashboardBody);
  for (const service of ['gateway', ...SUBGRAPHS])
    expect(body).toContain(`SOURCE '/aws/lambda/library-dev-${service}'`);
  // $0.0000133334 a GB-second and $0.20 for a million invocations; a function URL is free.
  expect(body).toContain('Latency / 1000 * memory / 1024 * 0.0000133334 + 0.0000002 as dollars');
  expect(body).toContain('(avg(sum) + 0) * 1000000 as million by name');
});

test('the gateway sends no telemetry', () => {
  const { properties } = functionOf('gateway');
  expect(properties.Environment.Variables).toMatchObject({ APOLLO_TELEMETRY_DISABLED: '1' });
});

describe('the function URL', () => {
  const PUBLIC = { FunctionName: { Ref: expect.stringMatching(/^GatewayLive/) }, Principal: '*' };

  test('streams the responses of the live alias of the gateway', () => {
    for (const template of [templateOf('gateway'), prod.templates.gateway as Template]) {
      const alias = resource(template, 'AWS::Lambda::Alias');
      expect(resource(template, 'AWS::Lambda::Url')).toMatchObject({
        DependsOn: expect.arrayContaining([alias.logicalId]),
        properties: { Qualifier: 'live', AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' },
      });
    }
  });

  test('leaves CORS to the gateway', () => {
    const corsOf = (template = templateOf('gateway')) => {
      expect(resource(template, 'AWS::Lambda::Url').properties).not.toHaveProperty('Cors');
      const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function')).filter(
        ({ Properties: { Environment } }) => Environment.Variables.CORS,
      ) as [{ Properties: { Environment: { Variables: { CORS: string } } } }];
      return JSON.parse(Properties.Environment.Variables.CORS);
    };
    expect(corsOf()).toEqual({
      origins: ['https://studio.apollographql.com', 'http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'],
      requestHeaders: ['*'],
    });
    expect(corsOf(prod.templates.gateway)).toEqual({ origins: [] });
  });

  test('is the only public endpoint', () => {
    for (const [service, template] of Object.entries(dev.templates)) {
      const permissions = Object.values(template.findResources('AWS::Lambda::Permission'));
      template.resourceCountIs('AWS::Lambda::Url', service === 'gateway' ? 1 : 0);
      if (service === 'gateway') {
        expect(permissions.map(({ Properties }) => Properties)).toEqual([
          { ...PUBLIC, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
          { ...PUBLIC, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
        ]);
        continue;
      }
      for (const { Properties } of permissions)
        expect(Properties).toMatchObject({ Principal: 'events.amazonaws.com', SourceArn: expect.anything() });
    }
  });

  test('cannot take all of the account: the gateway has reserved concurrency, by stage', () => {
    const reservedIn = ({ templates }: typeof dev, service: string) =>
      Object.values(templates[service]?.findResources('AWS::Lambda::Function') ?? {})
        .map(({ Properties }) => Properties.ReservedConcurrentExecutions)
        .filter((value) => value !== undefined);
    expect([reservedIn(dev, 'gateway'), reservedIn(prod, 'gateway')]).toEqual([[100], [200]]);
    for (const name of SUBGRAPHS) expect(reservedIn(dev, name)).toEqual([]);
  });

  test("has its metrics in the gateway's dashboard", () => {
    const { properties } = resource(templateOf('gateway'), 'AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(properties.DashboardBody);
    for (const metric of ['UrlRequestCount', 'Url4xxCount', 'Url5xxCount', 'UrlRequestLatency'])
      expect(body).toContain(`AWS/Lambda\\",\\"${metric}\\",\\"FunctionName\\",\\"library-dev-gateway`);
  });
});

describe('before traffic moves to a new gateway', () => {
  const settings = settingsFor('library', 'dev');
  const checkOf = (gatewayBuild?: string) => {
    const stack = new Stack(new App({ context: CONTEXT }), 'gateway');
    new SchemaCheck(stack, 'Check', { settings, ...(gatewayBuild && { gatewayBuild }) });
    return resource(Template.fromStack(stack), 'Custom::SchemaCheck');
  };

  test('the schema check runs: the alias depends on it', () => {
    const template = templateOf('gateway');
    const check = resource(template, 'Custom::SchemaCheck');
    expect(check.properties).toMatchObject({
      ServiceToken: { 'Fn::GetAtt': [functionOf('schema-check', 'gateway').logicalId, 'Arn'] },
    });
    expect(resource(template, 'AWS::Lambda::Alias')).toMatchObject({
      DependsOn: expect.arrayContaining([check.logicalId]),
    });
  });

  test('the check is a new resource for each supergraph and set of operations, so that a rollback does not run it', () => {
    const build = JSON.parse(readFileSync(join(outputOf(LIBRARY), 'schema-check', GATEWAY_BUILD), 'utf8'));
    const idOf = (changed: object) => {
      const file = join(outdir, 'gateway-build.json');
      writeFileSync(file, JSON.stringify({ ...build, ...changed }));
      return checkOf(file).logicalId;
    };
    const same = checkOf().logicalId;
    expect(idOf({})).toBe(same);
    const others = [idOf({ supergraphSdl: `${build.supergraphSdl}#` }), idOf({ operations: [] })];
    expect(new Set([same, ...others]).size).toBe(3);
  });

  test.each(SUBGRAPHS)('%s publishes its schema after the traffic shift', (name) => {
    const template = templateOf(name);
    const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
    expect(parameters.map(({ Properties }) => Properties.Name)).toEqual(
      parameters.map((_, i) => `/library/dev/schemas/${name}/${i + 1}`),
    );
    const values: string[] = parameters.map(({ Properties }) => Properties.Value);
    expect(fromParts(values)).toBe(readFileSync(join(LIBRARY, 'subgraphs', name, 'schema.graphql'), 'utf8'));
    const aliases = Object.keys(template.findResources('AWS::Lambda::Alias'));
    for (const { DependsOn } of parameters) expect(aliases).toEqual(expect.arrayContaining(DependsOn));
  });
});

test('users need strong passwords, and no flow puts a token into a URL', () => {
  const template = templateOf('identity');
  expect(resource(template, 'AWS::Cognito::UserPool')).toMatchObject({
    DeletionPolicy: 'Retain',
    properties: {
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      MfaConfiguration: 'OPTIONAL',
    },
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
    AllowedOAuthFlowsUserPoolClient: false,
    AllowedOAuthFlows: Match.absent(),
  });
});

test('the user pool has the groups of groups.json with their descriptions', () => {
  const groups = Object.values(templateOf('identity').findResources('AWS::Cognito::UserPoolGroup'));
  expect(groups.map(({ Properties }) => Properties)).toMatchObject([
    { GroupName: 'librarian', Description: 'Sees the figures of the whole library' },
  ]);
});

test('no stack exports to or imports from another', () => {
  for (const [service, template] of Object.entries(dev.templates)) {
    const text = JSON.stringify(template.toJSON());
    expect([service, text.includes('Fn::ImportValue'), text.includes('"Export"')]).toEqual([service, false, false]);
  }
  for (const stack of dev.stacks) expect(stack.dependencies).toEqual([]);
});

describe('the stage prod', () => {
  test('protects its data, keeps logs longer and disables introspection', () => {
    const { gateway, identity } = prod.templates;
    for (const name of SUBGRAPHS) {
      prod.templates[name]?.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
        TableName: `library-prod-${name}`,
        Replicas: [Match.objectLike({ DeletionProtectionEnabled: true })],
      });
    }
    identity?.hasResourceProperties('AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' });
    gateway?.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ INTROSPECTION: 'off' }) },
    });
    gateway?.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });

  test('allows no web origin by default', () => {
    expect(JSON.stringify(prod.templates.gateway?.toJSON())).not.toContain('studio.apollographql.com');
  });
});

test('with tracing, a function has the layer of OpenTelemetry and may write to X-Ray', () => {
  const settings = { ...settingsFor('library', 'dev'), tracing: true };
  const stack = new Stack(new App({ context: CONTEXT }), 'traced');
  new ServiceFunction(stack, 'Service', { settings, service: 'books', memory: 512, timeout: 5 });
  const template = Template.fromStack(stack);
  expect(resource(template, 'AWS::Lambda::Function').properties).toMatchObject({
    TracingConfig: { Mode: 'Active' },
    Layers: [expect.anything()],
    Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' } },
  });
  expect(JSON.stringify(statementsOf(template))).toContain('xray:PutTraceSegments');
});

describe('a graph in Apollo Studio', () => {
  let studio: Template;
  beforeAll(async () => {
    const context = { ...CONTEXT, studio: { graphRef: 'library@dev' } };
    const app = await graphApp(new App({ outdir: join(outdir, 'studio'), context }));
    checkAtSynth(app);
    app.synth();
    studio = Template.fromStack(app.node.findChild('library-dev-gateway') as Stack);
  });

  test("gets usage reports from a function subscribed to the gateway's log", () => {
    const FunctionName = 'library-dev-usage-reporter';
    studio.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName,
      Environment: {
        Variables: Match.objectLike({
          APOLLO_GRAPH_REF: 'library@dev',
          APOLLO_KEY: '{{resolve:secretsmanager:library-dev-apollo-key:SecretString:::}}',
        }),
      },
    });
    studio.hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      LogGroupName: { Ref: Match.stringLikeRegexp('^GatewayLogs') },
      FilterPattern: '{ $.message = "usage" }',
    });
    studio.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: { OnFailure: Match.anyValue() },
    });
  });

  test('is not reported to without a graph reference', () => {
    templateOf('gateway').resourceCountIs('AWS::Logs::SubscriptionFilter', 0);
    expect(JSON.stringify(templateOf('gateway').toJSON())).not.toContain('USAGE_TRACED_SHARE');
  });
});

describe('CloudFront in prod', () => {
  const gateway = () => prod.templates.gateway as Template;
  const reference = (secret: string) => ({
    'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secret }, ':SecretString:::}}']],
  });

  test('rate-limits by IP address and by token with status 429', () => {
    const { properties } = resource(prod.templates.firewall as Template, 'AWS::WAFv2::WebACL');
    expect(properties.Scope).toBe('CLOUDFRONT');
    expect(properties.Rules).toMatchObject([
      { Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 6_000 } } },
      {
        Statement: {
          RateBasedStatement: { CustomKeys: [{ Header: { Name: 'authorization' } }], Limit: 1_500 },
        },
      },
      { Action: { Block: { CustomResponse: { ResponseCode: 429 } } } },
    ]);
    expect(prod.stacks.find(({ stackName }) => stackName.endsWith('firewall'))?.region).toBe('us-east-1');
  });

  test('serves the API with the firewall and sends the gateway a secret', () => {
    const { logicalId: secret } = resource(gateway(), 'AWS::SecretsManager::Secret');
    const { logicalId: url } = resource(gateway(), 'AWS::Lambda::Url');
    const { properties } = resource(gateway(), 'AWS::CloudFront::Distribution');
    expect(properties.DistributionConfig).toMatchObject({
      WebACLId: { Ref: 'FirewallArn' },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
      Origins: [
        {
          DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': [url, 'FunctionUrl'] }] }] },
          OriginCustomHeaders: [{ HeaderName: 'x-origin-secret', HeaderValue: reference(secret) }],
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginReadTimeout: 60 },
        },
      ],
    });
    gateway().hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ ORIGIN_SECRET: reference(secret) }) },
    });
  });

  test('has everything that responses depend on in its cache key', () => {
    const { properties } = resource(gateway(), 'AWS::CloudFront::CachePolicy');
    expect(properties.CachePolicyConfig).toMatchObject({
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { Headers: ['accept', 'authorization', 'content-type', 'origin'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
      },
    });
  });

  test('is emulated by `npm start -- --stage prod`', () => {
    const { edge } = readSystemModel(join(outdir, 'prod'), { 'AWS::Cognito::UserPool': { ProviderURL: () => '' } });
    expect(edge).toMatchObject({
      hasDistribution: true,
      rules: [
        { name: 'perAddress', statement: { by: 'address', limit: 6_000, window: 300_000 } },
        { name: 'perViewer', statement: { by: ['authorization'], limit: 1_500 } },
        { name: 'refuse', response: { status: 429, headers: { 'retry-after': '300' } } },
      ],
      originHeaders: { 'x-origin-secret': expect.stringContaining('secretsmanager') },
    });
  });

  test('rejects with CORS headers for allowed origins, and allows their preflights', async () => {
    const cors = { origins: ['https://app.example', 'http://localhost:*'] };
    const settings = { ...settingsFor('library', 'prod'), cors };
    const app = new App({ outdir: join(outdir, 'cors'), context: CONTEXT });
    new FirewallStack(app, { settings, limits: { perAddress: 10, perViewer: 10 } });
    app.synth();
    const { edge } = readSystemModel(join(outdir, 'cors'), {});
    const firewall = new Firewall();
    const refused = (method: string, origin?: string) => {
      const incoming = { method, headers: { ...(origin && { origin }) }, socket: { remoteAddress: '::1' } };
      return firewall.evaluate(edge.rules, incoming as IncomingMessage, 0);
    };
    for (let i = 0; i < 10; i++) expect(refused('POST')).toBeUndefined();
    expect(refused('POST', 'https://app.example')).toMatchObject({
      status: 429,
      headers: {
        ...corsHeaders('https://app.example', cors),
        'content-type': 'application/json',
        'retry-after': '300',
      },
    });
    expect(refused('OPTIONS', 'https://app.example')).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-headers': expect.stringContaining('traceparent') },
    });
    expect(refused('POST', 'http://localhost:3000')?.headers).toMatchObject({ 'access-control-allow-origin': '*' });
    for (const origin of ['https://evil.example', undefined])
      expect(Object.keys(refused('POST', origin)?.headers ?? {})).toEqual(['content-type', 'retry-after']);
  });

  test('adds CORS headers to responses of Lambda itself', () => {
    const cors = { origins: ['https://app.example'] };
    const stack = new Stack(new App({ context: CONTEXT }), 'gateway');
    const settings = { ...settingsFor('library', 'prod'), cors };
    const gateway = new ServiceFunction(stack, 'Gateway', { settings, service: 'gateway', memory: 128, timeout: 3 });
    const url = gateway.alias.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    new Edge(stack, 'Edge', { settings, gateway, url });
    const { properties } = resource(Template.fromStack(stack), 'AWS::CloudFront::ResponseHeadersPolicy');
    expect(properties.ResponseHeadersPolicyConfig.CorsConfig).toMatchObject({
      AccessControlAllowOrigins: { Items: cors.origins },
      AccessControlAllowCredentials: true,
      AccessControlExposeHeaders: { Items: expect.arrayContaining(['retry-after']) },
      OriginOverride: false,
    });
  });

  test('does not exist in dev', () => {
    expect(Object.keys(dev.templates)).not.toContain('firewall');
    templateOf('gateway').resourceCountIs('AWS::CloudFront::Distribution', 0);
  });
});

test('rejects an unknown stage, naming the known ones', async () => {
  await expect(graphApp(new App({ context: { graph: 'library', stage: 'test' } }))).rejects.toThrow(
    'There is no stage "test": choose one of dev, prod',
  );
});

describe('cdk-nag at synthesis', () => {
  const checked = async (change: (stack: Stack) => void, stage = 'dev') => {
    const app = await graphApp(new App({ outdir: join(outdir, 'checked'), context: { ...CONTEXT, stage } }));
    const [stack] = app.node.children.filter((child) => Stack.isStack(child));
    if (stack) change(stack);
    checkAtSynth(app);
    return app;
  };

  test.each(['dev', 'prod'])('has no unacknowledged findings in %s, whose templates are valid', async (stage) => {
    const app = await checked(() => {}, stage);
    expect(() => app.synth()).not.toThrow();
  });

  test('fails on a finding', async () => {
    const app = await checked((stack) => new Bucket(stack, 'Open'));
    expect(() => app.synth()).toThrow('The S3 Bucket has server access logs disabled');
  });
});
