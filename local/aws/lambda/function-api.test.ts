import { DatabaseSync } from 'node:sqlite';
import {
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  paginateListFunctions,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { TestLambda } from '../../../test/lambda.ts';
import { AwsEndpoint, type Credentials } from '../aws-endpoint.ts';
import { AsyncInvocations } from './async-invocations.ts';
import { LambdaApi } from './invoke-api.ts';

const lambda = new TestLambda();
const noQueue = new AsyncInvocations({
  database: new DatabaseSync(':memory:'),
  invoke: () => Promise.reject(new Error('unexpected asynchronous invocation')),
  configOf: () => ({ maxRetries: 0, maxAge: 0 }),
  onFailed: () => {},
});
const aws = new AwsEndpoint({ services: { lambda: new LambdaApi(lambda.service, noQueue) }, onDenied: () => {} });
let endpoint: string;
let client: LambdaClient;

const clientOf = (credentials: Credentials) =>
  new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

beforeAll(async () => {
  endpoint = await aws.listen();
  client = clientOf(aws.operator);
});
afterAll(async () => {
  await lambda.service.close();
  aws.close();
});

test('a canary by hand: publish, send a share to the new version, then all', async () => {
  const FunctionName = lambda.put('behaviour.describe');
  const alias = { FunctionName, Name: 'live' };
  expect(await client.send(new GetAliasCommand(alias))).toMatchObject({ FunctionVersion: '1', Name: 'live' });
  lambda.publish(FunctionName, 'behaviour.echo');
  expect(await client.send(new PublishVersionCommand({ FunctionName }))).toMatchObject({
    Version: '2',
    FunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}:2`,
    Handler: 'behaviour.echo',
  });
  const RoutingConfig = { AdditionalVersionWeights: { '2': 1 } };
  expect(await client.send(new UpdateAliasCommand({ ...alias, RoutingConfig }))).toMatchObject({
    FunctionVersion: '1',
    RoutingConfig,
  });
  const invoke = new InvokeCommand({ FunctionName, Qualifier: 'live' });
  expect((await client.send(invoke)).ExecutedVersion).toBe('2');
  const last = { ...alias, FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: {} } };
  expect((await client.send(new UpdateAliasCommand(last))).RoutingConfig).toBeUndefined();
  const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName, FunctionVersion: '2' }));
  expect(Aliases.map(({ Name, FunctionVersion }) => [Name, FunctionVersion])).toEqual([['live', '2']]);
});

test('functions and their versions are listed, by pages, with the settings of each', async () => {
  const FunctionName = lambda.put('behaviour.echo', { memory: 512, timeout: 4_000, environment: { A: 'b' } });
  lambda.publish(FunctionName, 'behaviour.nothing');
  const names: (string | undefined)[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client, pageSize: 1 }, {}))
    names.push(...Functions.map((each) => each.FunctionName));
  expect(names).toEqual(lambda.service.names);
  const { Versions = [] } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions.map(({ Version, Handler }) => [Version, Handler])).toEqual([
    ['$LATEST', 'behaviour.nothing'],
    ['1', 'behaviour.echo'],
    ['2', 'behaviour.nothing'],
  ]);
  const ofAlias = await client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' }));
  expect(ofAlias).toMatchObject({ Version: '1', MemorySize: 512, Timeout: 4, Environment: { Variables: { A: 'b' } } });
  const { Configuration, Code } = await client.send(new GetFunctionCommand({ FunctionName: `${FunctionName}:1` }));
  expect(Configuration?.CodeSha256).toMatch(/^[\w+/]{43}=$/);
  expect(Configuration?.CodeSize).toBeGreaterThan(1_000);
  expect(Code?.Location).toMatch(/^file:.*functions$/);
});

test.each([
  ['two additional versions', { '2': 0.1, '3': 0.1 }, 'at most one additional version'],
  ['a weight above 1', { '2': 1.5 }, 'between 0 and 1'],
  ["the alias's own version", { '1': 0.5 }, "already the alias's version"],
  ['$LATEST', { $LATEST: 0.5 }, 'must not point to $LATEST'],
  ['an unknown version', { '9': 0.5 }, 'Function not found'],
])('an alias with %s is refused', async (_, AdditionalVersionWeights, message) => {
  const FunctionName = lambda.put('behaviour.echo');
  lambda.publish(FunctionName, 'behaviour.nothing');
  const RoutingConfig = { AdditionalVersionWeights };
  await expect(client.send(new UpdateAliasCommand({ FunctionName, Name: 'live', RoutingConfig }))).rejects.toThrow(
    message,
  );
  expect(lambda.service.versionsOf(FunctionName).aliases.get('live')).toEqual({ version: '1' });
});

test('a function or alias that does not exist is not found; a function needs permission', async () => {
  const FunctionName = lambda.put('behaviour.echo');
  const notFound = { name: 'ResourceNotFoundException' };
  await expect(client.send(new GetFunctionCommand({ FunctionName: 'none' }))).rejects.toMatchObject(notFound);
  await expect(client.send(new GetAliasCommand({ FunctionName, Name: 'none' }))).rejects.toMatchObject(notFound);
  const other = clientOf(aws.credentialsOf('another'));
  await expect(other.send(new GetFunctionCommand({ FunctionName }))).rejects.toThrow(
    `not authorized to perform: lambda:GetFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`,
  );
});
