import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DescribeParametersCommand, GetParameterCommand, GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import aws4 from 'aws4';
import { Deployments, functionOf, tableOf } from '../../../test/deployments.ts';

/** What runs, as AWS's clients list and describe it. */

let aws: Deployments;
let access: Deployments['system']['awsAccess'];
beforeAll(async () => {
  aws = await Deployments.start();
  access = aws.system.awsAccess;
  const get = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
  const status = await aws.deploy('everything', {
    Resources: {
      ...functionOf('worker', 'behaviour.echo', { COLOUR: 'red' }),
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'worker' } } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: { FunctionName: { Ref: 'worker' }, Name: 'live', FunctionVersion: get('Version', 'Version') },
      },
      Data: tableOf('data', [], { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: 'worker' }, EventSourceArn: get('Data', 'StreamArn'), BatchSize: 7 },
      },
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: 'rule',
          EventBusName: { Ref: 'Bus' },
          EventPattern: { source: ['test'] },
          Targets: [{ Id: 'worker', Arn: get('worker') }],
        },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue' } },
      Word: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/word', Type: 'String', Value: 'hello' } },
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/worker', RetentionInDays: 7 } },
    },
  });
  expect(status).toBe('CREATE_COMPLETE');
});
afterAll(() => aws?.remove());

test('functions with their settings, versions and aliases', async () => {
  const lambda = new LambdaClient(access);
  const FunctionName = 'worker';
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  expect(Functions.map((each) => each.FunctionName)).toEqual(['worker']);
  const settings = { Handler: 'behaviour.echo', Timeout: 3, Environment: { Variables: { COLOUR: 'red' } } };
  expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject(settings);
  expect((await lambda.send(new GetFunctionCommand({ FunctionName }))).Configuration).toMatchObject(settings);
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', Aliases[0]?.FunctionVersion]);
  expect(Aliases).toMatchObject([
    { Name: 'live', AliasArn: 'arn:aws:lambda:us-east-1:123456789012:function:worker:live' },
  ]);
  await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'absent' }))).rejects.toThrow('Function not found');
});

test('tables, queues and parameters', async () => {
  expect((await new DynamoDBClient(access).send(new ListTablesCommand({}))).TableNames).toEqual(['data']);
  const { QueueUrls = [] } = await new SQSClient(access).send(new ListQueuesCommand({}));
  expect(QueueUrls.map((url) => url.split('/').pop())).toEqual(['queue']);
  const ssm = new SSMClient(access);
  const { Parameters = [] } = await ssm.send(new DescribeParametersCommand({}));
  expect(Parameters.map(({ Name }) => Name)).toEqual(['/word']);
  expect((await ssm.send(new GetParameterCommand({ Name: '/word' }))).Parameter?.Value).toBe('hello');
  const several = await ssm.send(new GetParametersCommand({ Names: ['/word', '/absent'] }));
  expect(several).toMatchObject({ Parameters: [{ Value: 'hello' }], InvalidParameters: ['/absent'] });
  await expect(ssm.send(new GetParameterCommand({ Name: '/absent' }))).rejects.toThrow('Parameter /absent not found.');
});

test('buses, rules and their targets', async () => {
  const events = new EventBridgeClient(access);
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand({}));
  expect(EventBuses.map(({ Name }) => Name)).toEqual(['bus']);
  const { Rules } = await events.send(new ListRulesCommand({ EventBusName: 'bus' }));
  expect(Rules).toMatchObject([{ Name: 'rule', Arn: 'arn:aws:events:us-east-1:123456789012:rule/bus/rule' }]);
  const rule = await events.send(new DescribeRuleCommand({ Name: 'rule', EventBusName: 'bus' }));
  expect(rule).toMatchObject({ State: 'ENABLED', EventPattern: '{"source":["test"]}' });
  const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'rule', EventBusName: 'bus' }));
  expect(Targets).toMatchObject([{ Id: 'worker' }]);
  await expect(events.send(new DescribeRuleCommand({ Name: 'absent' }))).rejects.toThrow('Rule absent does not exist.');
});

/** Calls a service of the JSON protocol that the project has no client of. */
async function call(service: string, target: string): Promise<Response> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  const { host } = new URL(access.endpoint);
  const signed = aws4.sign(
    { host, service, region: access.region, method: 'POST', path: '/', headers, body: '{}' },
    access.credentials,
  );
  return fetch(access.endpoint, { method: 'POST', headers: signed.headers as Record<string, string>, body: '{}' });
}

test('log groups', async () => {
  const { logGroups } = (await (await call('logs', 'Logs_20140328.DescribeLogGroups')).json()) as {
    logGroups: object[];
  };
  expect(logGroups).toMatchObject([{ logGroupName: '/aws/lambda/worker', retentionInDays: 7 }]);
});

test('resources of the stack', async () => {
  const text = await aws.call('ListStackResources', { StackName: 'everything' });
  const types = [...text.matchAll(/<ResourceType>([^<]+)/g)].map(([, type]) => type);
  expect(types).toContain('AWS::Lambda::EventSourceMapping');
  expect(types).toHaveLength(11);
  expect(await aws.call('DescribeStackResource', { StackName: 'everything', LogicalResourceId: 'Queue' })).toContain(
    '<ResourceStatus>CREATE_COMPLETE',
  );
  expect(await aws.call('GetTemplateSummary', { StackName: 'everything' })).toContain(
    '<member>AWS::SQS::Queue</member>',
  );
});

test('a call that is not supported is refused in the protocol of its service', async () => {
  await expect(aws.call('DetectStackDrift', { StackName: 'everything' })).rejects.toThrow(
    'The local run does not support the call DetectStackDrift of the service "cloudformation".',
  );
  const refused = await call('logs', 'Logs_20140328.FilterLogEvents');
  expect(await refused.text()).toContain('does not support the call FilterLogEvents');
});
