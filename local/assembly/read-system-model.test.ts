import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemplateResource } from './read-assembly.ts';
import { readSystemModel } from './read-system-model.ts';

const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Returns the model of one stack with the given resources. */
function modelOf(Resources: Record<string, TemplateResource>) {
  const properties = { templateFile: 'stays.json', stackName: 'shop-stays' };
  const artifacts = { stays: { type: 'aws:cloudformation:stack', properties }, Tree: { type: 'cdk:tree' } };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts }));
  writeFileSync(join(directory, 'stays.json'), JSON.stringify({ Resources }));
  return readSystemModel(directory);
}

const Fn: TemplateResource = {
  Type: 'AWS::Lambda::Function',
  Properties: { Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  Metadata: { 'aws:asset:path': '../dist/stays' },
};
const Role: TemplateResource = { Type: 'AWS::IAM::Role', Properties: {} };

test("a function has Lambda's defaults", () => {
  expect(modelOf({ Fn, Role }).functions).toEqual([
    {
      name: 'Fn',
      codeDirectory: join(directory, '../dist/stays'),
      handler: 'index.handler',
      memory: 128,
      timeout: 3_000,
      environment: {},
      aliases: [],
      policies: [],
    },
  ]);
});

test('a function has its declared settings, its aliases and the policies of its role', () => {
  const properties = {
    ...Fn.Properties,
    FunctionName: 'shop-stays',
    MemorySize: 1024,
    Timeout: 10,
    ReservedConcurrentExecutions: 0,
    Environment: { Variables: { TABLE: { Ref: 'Table' } } },
  };
  const policy = (role: string, Action: string): TemplateResource => ({
    Type: 'AWS::IAM::Policy',
    Properties: {
      Roles: [{ Ref: role }],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } }] },
    },
  });
  const { functions } = modelOf({
    Fn: { ...Fn, Properties: properties },
    Role,
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'shop-stays' } },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' } },
    Other: { ...Fn, Properties: { ...Fn.Properties, FunctionName: 'shop-other' } },
    OthersAlias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Other' }, Name: 'beta' } },
    Policy: policy('Role', 'dynamodb:GetItem'),
    OthersPolicy: policy('OtherRole', 'dynamodb:*'),
  });
  expect(functions.filter(({ name }) => name === 'shop-stays')).toMatchObject([
    {
      name: 'shop-stays',
      memory: 1024,
      timeout: 10_000,
      reservedConcurrency: 0,
      environment: { TABLE: 'shop-stays' },
      aliases: ['live'],
      policies: [
        {
          Effect: 'Allow',
          Action: 'dynamodb:GetItem',
          Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/shop-stays',
        },
      ],
    },
  ]);
});

test.each(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'])('a table of type %s is read as declared', (Type) => {
  const keys = {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'n', AttributeType: 'N' },
    ],
  };
  const index = {
    IndexName: 'by-n',
    KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
  };
  const properties = {
    TableName: 'stays',
    ...keys,
    GlobalSecondaryIndexes: [index],
    TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
    SSESpecification: { SSEEnabled: true },
  };
  expect(modelOf({ Table: { Type, Properties: properties } }).tables).toEqual([
    {
      name: 'stays',
      timeToLive: 'until',
      create: { TableName: 'stays', ...keys, GlobalSecondaryIndexes: [index], BillingMode: 'PAY_PER_REQUEST' },
    },
  ]);
});

describe('a function URL', () => {
  const Live: TemplateResource = {
    Type: 'AWS::Lambda::Alias',
    Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' },
  };
  const url = (more: object = {}): TemplateResource => ({
    Type: 'AWS::Lambda::Url',
    Properties: { TargetFunctionArn: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Qualifier: 'live', AuthType: 'NONE', ...more },
  });

  test('leads to an alias of a function, streamed or not', () => {
    const modes = [{ InvokeMode: 'RESPONSE_STREAM' }, { InvokeMode: 'BUFFERED' }, {}];
    for (const [i, isStreamed] of [true, false, false].entries()) {
      const { url: read, unsupported } = modelOf({ Fn, Role, Live, Url: url(modes[i]) });
      expect(read).toEqual({ functionName: 'Fn', qualifier: 'live', isStreamed });
      expect(unsupported).toEqual([]);
    }
  });

  test('is unsupported with IAM or CORS, and if it is the second', () => {
    const other = url({ AuthType: 'AWS_IAM', Cors: { AllowOrigins: ['*'] } });
    const { unsupported } = modelOf({ Fn, Role, Live, Url: url(), Other: other });
    expect(unsupported.map(({ logicalId, type }) => `${logicalId} ${type}`)).toEqual([
      'Other AWS::Lambda::Url Cors',
      'Other AWS::Lambda::Url AuthType',
      'Other AWS::Lambda::Url TargetFunctionArn',
    ]);
  });
});

test('an alias is deployed as its group says, by a predefined or an own configuration', () => {
  const group = (DeploymentConfigName: unknown, properties: object = {}): TemplateResource => ({
    Type: 'AWS::CodeDeploy::DeploymentGroup',
    Properties: { ApplicationName: { Ref: 'App' }, DeploymentConfigName, ...properties },
  });
  const model = modelOf({
    Fn: { ...Fn, Properties: { ...Fn.Properties, FunctionName: 'shop-stays' } },
    Role,
    App: { Type: 'AWS::CodeDeploy::Application' },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' },
      UpdatePolicy: {
        CodeDeployLambdaAliasUpdate: { ApplicationName: { Ref: 'App' }, DeploymentGroupName: { Ref: 'Group' } },
      },
    },
    Failing: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'shop-failing',
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 3,
        DatapointsToAlarm: 2,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'breaching',
      },
    },
    Group: group('CodeDeployDefault.LambdaCanary10Percent5Minutes', {
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: 'Failing' } }] },
      AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_STOP_ON_ALARM'] },
    }),
    Slowly: {
      Type: 'AWS::CodeDeploy::DeploymentConfig',
      Properties: {
        TrafficRoutingConfig: {
          Type: 'TimeBasedLinear',
          TimeBasedLinear: { LinearPercentage: 50, LinearInterval: 3 },
        },
      },
    },
    Other: group({ Ref: 'Slowly' }),
    Unknown: group('CodeDeployDefault.LambdaSideways'),
  });
  expect(model.aliasDeployments).toEqual([
    { functionName: 'shop-stays', alias: 'live', application: 'shop-stays-App', group: 'shop-stays-Group' },
  ]);
  expect(model.deploymentGroups).toMatchObject([
    {
      application: 'shop-stays-App',
      name: 'shop-stays-Group',
      alarms: ['shop-failing'],
      rollbackOn: ['DEPLOYMENT_STOP_ON_ALARM'],
    },
    { name: 'shop-stays-Other', configName: 'shop-stays-Slowly', alarms: [], rollbackOn: [] },
    { name: 'shop-stays-Unknown' },
  ]);
  expect(model.deploymentConfigs).toEqual([
    {
      name: 'shop-stays-Slowly',
      steps: [
        { share: 0.5, wait: 180_000 },
        { share: 1, wait: 0 },
      ],
    },
  ]);
  expect(model.alarms).toMatchObject([
    { name: 'shop-failing', period: 60_000, evaluationPeriods: 3, datapointsToAlarm: 2, missingData: 'breaching' },
  ]);
  expect(model.unsupported.map(({ logicalId, type }) => [logicalId, type])).toEqual([
    ['Unknown', 'AWS::CodeDeploy::DeploymentGroup DeploymentConfigName'],
  ]);
});

test('unsupported resources are listed, including functions without an asset', () => {
  const inline = { ...Fn, Metadata: {} };
  const { unsupported, functions } = modelOf({ inline, Role, Stream: { Type: 'AWS::Kinesis::Stream' } });
  expect(functions).toEqual([]);
  expect(unsupported).toEqual([
    { stack: 'shop-stays', logicalId: 'inline', type: 'AWS::Lambda::Function' },
    { stack: 'shop-stays', logicalId: 'Stream', type: 'AWS::Kinesis::Stream' },
  ]);
});

test('a missing assembly fails with an error that says what to do', () => {
  expect(() => readSystemModel('/nowhere')).toThrow(
    'There is no cloud assembly in /nowhere: run "npm run synth" first.',
  );
});
