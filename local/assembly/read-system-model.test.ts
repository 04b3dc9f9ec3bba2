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
      qualifiers: ['$LATEST', '1'],
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
    OthersAlias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Other' }, Name: 'beta' } },
    Policy: policy('Role', 'dynamodb:GetItem'),
    OthersPolicy: policy('OtherRole', 'dynamodb:*'),
  });
  expect(functions).toMatchObject([
    {
      name: 'shop-stays',
      memory: 1024,
      timeout: 10_000,
      reservedConcurrency: 0,
      environment: { TABLE: 'shop-stays' },
      qualifiers: ['$LATEST', '1', 'live'],
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

describe('an HTTP API', () => {
  const Integration: TemplateResource = {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { IntegrationUri: { Ref: 'Live' }, TimeoutInMillis: 9_000 },
  };
  const route = (RouteKey: string): TemplateResource => ({
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { RouteKey, Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] } },
  });
  const Live: TemplateResource = {
    Type: 'AWS::Lambda::Alias',
    Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' },
  };

  test('has routes to an alias of a function, with the timeout of the integration', () => {
    const { routes } = modelOf({ Fn, Role, Live, Integration, A: route('GET /stays/{id}'), B: route('$default') });
    const target = { functionName: 'Fn', qualifier: 'live', timeoutMs: 9_000 };
    expect(routes).toEqual([
      { method: 'GET', path: '/stays/{id}', ...target },
      { method: 'ANY', path: '$default', ...target },
    ]);
  });

  test('with a route to another target fails with an error that names the route', () => {
    const Elsewhere = { Type: Integration.Type, Properties: { IntegrationUri: 'https://example.com' } };
    expect(() => modelOf({ Integration: Elsewhere, A: route('GET /a') })).toThrow(
      'Stack shop-stays: route "GET /a" does not target a Lambda function.',
    );
  });

  test('has the declared CORS rules', () => {
    const CorsConfiguration = {
      AllowOrigins: ['https://app.example'],
      AllowMethods: ['POST'],
      AllowHeaders: ['content-type'],
      ExposeHeaders: ['x-cost'],
      AllowCredentials: true,
      MaxAge: 60,
    };
    expect(modelOf({ Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { CorsConfiguration } } }).cors).toEqual({
      allowOrigins: ['https://app.example'],
      allowMethods: ['POST'],
      allowHeaders: ['content-type'],
      exposeHeaders: ['x-cost'],
      allowCredentials: true,
      maxAge: 60,
    });
    expect(modelOf({ Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} } }).cors).toBeUndefined();
  });
});

test('unsupported resources are listed, including functions without an asset', () => {
  const inline = { ...Fn, Metadata: {} };
  const { unsupported, functions } = modelOf({ inline, Role, Topic: { Type: 'AWS::SNS::Topic' } });
  expect(functions).toEqual([]);
  expect(unsupported).toEqual([
    { stack: 'shop-stays', logicalId: 'inline', type: 'AWS::Lambda::Function' },
    { stack: 'shop-stays', logicalId: 'Topic', type: 'AWS::SNS::Topic' },
  ]);
});

test('a missing assembly fails with an error that says what to do', () => {
  expect(() => readSystemModel('/nowhere')).toThrow(
    'There is no cloud assembly in /nowhere: run "npm run synth" first.',
  );
});
