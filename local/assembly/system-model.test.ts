import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemplateResource } from './read-assembly.ts';
import { systemModel } from './system-model.ts';

const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The model of one stack with these resources. */
function modelOf(Resources: Record<string, TemplateResource>) {
  const properties = { templateFile: 'stays.json', stackName: 'shop-stays' };
  const artifacts = { stays: { type: 'aws:cloudformation:stack', properties }, Tree: { type: 'cdk:tree' } };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts }));
  writeFileSync(join(directory, 'stays.json'), JSON.stringify({ Resources }));
  return systemModel(directory);
}

const Fn: TemplateResource = {
  Type: 'AWS::Lambda::Function',
  Properties: { Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  Metadata: { 'aws:asset:path': '../dist/stays' },
};
const Role: TemplateResource = { Type: 'AWS::IAM::Role', Properties: {} };

test('a function has the defaults of Lambda', () => {
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

test('a function has what is declared for it, its aliases and the policies of its role', () => {
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

test.each(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'])('a table of type %s is made as declared', (Type) => {
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

  test('has routes that lead to an alias of a function, in the time of the integration', () => {
    const { routes } = modelOf({ Fn, Role, Live, Integration, A: route('GET /stays/{id}'), B: route('$default') });
    const leadsTo = { functionName: 'Fn', qualifier: 'live', timeoutMs: 9_000 };
    expect(routes).toEqual([
      { method: 'GET', path: '/stays/{id}', ...leadsTo },
      { method: 'ANY', path: '$default', ...leadsTo },
    ]);
  });

  test('with a route that leads to something else is an error that names it', () => {
    const Elsewhere = { Type: Integration.Type, Properties: { IntegrationUri: 'https://example.com' } };
    expect(() => modelOf({ Integration: Elsewhere, A: route('GET /a') })).toThrow(
      'Stack shop-stays: the route "GET /a" does not lead to a function.',
    );
  });

  test('has the CORS rules that are declared', () => {
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

test('what has no counterpart here is named, functions without an asset too', () => {
  const inline = { ...Fn, Metadata: {} };
  const { unsupported, functions } = modelOf({ inline, Role, Topic: { Type: 'AWS::SNS::Topic' } });
  expect(functions).toEqual([]);
  expect(unsupported).toEqual([
    { stack: 'shop-stays', logicalId: 'inline', type: 'AWS::Lambda::Function' },
    { stack: 'shop-stays', logicalId: 'Topic', type: 'AWS::SNS::Topic' },
  ]);
});

test('a folder without an assembly is an error that says what to do', () => {
  expect(() => systemModel('/nowhere')).toThrow('There is no cloud assembly in /nowhere: run "npm run synth" first.');
});
