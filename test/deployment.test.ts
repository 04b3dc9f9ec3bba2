import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { GetAliasCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ROOT } from '../build/discover.ts';
import { LocalSystem } from '../local/system.ts';
import { CANARY_GROUP } from './canary-stack.ts';
import { type Resource, writeAssembly } from './event-assembly.ts';
import { eventually } from './eventually.ts';

/** A function with an alias, a canary and an alarm, under the whole local run. */

const NAME = 'shop-orders';
const FUNCTIONS = join(import.meta.dirname, 'functions');
const get = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:shop-alarms';

const RESOURCES: Record<string, Resource> = {
  Fn: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: NAME,
      Handler: 'behaviour.nothing',
      Role: get('Role', 'Arn'),
      MemorySize: 256,
      Timeout: 5,
    },
    Metadata: { 'aws:asset:path': FUNCTIONS },
  },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } },
  Live: {
    Type: 'AWS::Lambda::Alias',
    Properties: { FunctionName: { Ref: 'Fn' }, FunctionVersion: get('Version', 'Version'), Name: 'live' },
    UpdatePolicy: {
      CodeDeployLambdaAliasUpdate: { ApplicationName: { Ref: 'App' }, DeploymentGroupName: { Ref: 'Group' } },
    },
  },
  ...CANARY_GROUP,
  Errors: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'shop-orders-errors',
      AlarmDescription: 'Calls of the new version failed',
      AlarmActions: [{ Ref: 'Alarms' }],
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [
        { Name: 'FunctionName', Value: { Ref: 'Fn' } },
        { Name: 'Resource', Value: `${NAME}:live` },
        { Name: 'ExecutedVersion', Value: get('Version', 'Version') },
      ],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    },
  },
  Alarms: {
    Type: 'AWS::SNS::Topic',
    Properties: { TopicName: 'shop-alarms', Subscription: [{ Protocol: 'email', Endpoint: 'ops@example.com' }] },
  },
};

mkdirSync(join(ROOT, '.data'), { recursive: true });
const data = mkdtempSync(join(ROOT, '.data', 'deployment-'));
const assembly = writeAssembly(RESOURCES);
const notices: string[] = [];
let system: LocalSystem;
let lambda: LambdaClient;

beforeAll(async () => {
  const onNotice = (line: string) => notices.push(line);
  system = await LocalSystem.start({ assembly, data, explorer: data, port: 0, onLog: () => {}, onNotice });
  lambda = new LambdaClient(system.awsAccess);
});
afterAll(async () => {
  await system.close();
  for (const directory of [assembly, data]) rmSync(directory, { recursive: true });
});

const version = async () =>
  (await lambda.send(new GetAliasCommand({ FunctionName: NAME, Name: 'live' }))).FunctionVersion;

/** Calls the alias; returns the versions that ran, by whether they failed. */
async function call(times: number) {
  const results = [];
  for (let i = 0; i < times; i++)
    results.push(await lambda.send(new InvokeCommand({ FunctionName: NAME, Qualifier: 'live' })));
  return results.map(({ ExecutedVersion, FunctionError }) => `${ExecutedVersion} ${FunctionError ?? 'ok'}`);
}

const ahead = (seconds: number) => fetch(`${system.url}/clock/ahead/${seconds}`, { method: 'POST' });

/** Publishes the function with another handler, as a deployment of its stack does. */
function publish(handler: string): string {
  const [definition] = system.model.functions;
  if (!definition) throw new Error('There is no function');
  system.lambda.update({ ...definition, handler });
  const published = system.lambda.publish(NAME);
  system.monitoring.alarms.watchVersion(NAME, published);
  return published;
}

const live = { functionName: NAME, alias: 'live' };

test('a version that fails is rolled back by its alarm, which is listed and printed', async () => {
  expect(system.model.unsupported).toEqual([]);
  const outcome = system.monitoring.deployments.shift(live, '1', publish('behaviour.fail'));
  // The share is random: until a call has reached the new version.
  await eventually(async () => expect(await call(10)).toContain('2 Unhandled'));
  expect((await ahead(60)).status).toBe(204);
  expect(await outcome).toMatchObject({ status: 'Stopped', isRolledBack: true });
  expect(await version()).toBe('1');
  expect(new Set(await call(20))).toEqual(new Set(['1 ok']));
  const alarms = (await (await fetch(`${system.url}/alarms`)).text()).trim().split('\n');
  expect(alarms.map((line) => JSON.parse(line))).toMatchObject([{ name: 'shop-orders-errors', state: 'ALARM' }]);
  expect(notices.join('\n')).toMatch(/Deployment of shop-orders:live, version 1 → 2: 10 % of the calls, for 5 min/);
  expect(notices).toContain('E-mail to ops@example.com: ALARM: "shop-orders-errors"');
  expect(notices.at(-1)).toMatch(/rolled back to version 1\. The alarm shop-orders-errors is in the state ALARM/);
  expect(notices.join('\n')).not.toContain(TOPIC);
});

test('a good version is deployed once its alarm has ended', async () => {
  await ahead(600);
  expect(notices.at(-1)).toContain('Alarm shop-orders-errors has ended: OK');
  const next = publish('behaviour.echo');
  const outcome = system.monitoring.deployments.shift(live, '1', next);
  await ahead(300);
  expect(await outcome).toMatchObject({ status: 'Succeeded' });
  expect(await version()).toBe(next);
});

test('a rebuilt bundle replaces the function at once, and its alarm watches the new version', async () => {
  const before = Number(await version());
  system.replaceBundles(new Set(['functions']));
  expect(await call(10)).toEqual(Array(10).fill(`${before + 1} ok`));
  const [alarm] = system.monitoring.alarms.all();
  expect(JSON.stringify(alarm?.definition.queries)).toContain(`"ExecutedVersion":"${before + 1}"`);
});

test('websites cannot set the clock', async () => {
  const headers = { origin: 'https://evil.example' };
  const response = await fetch(`${system.url}/clock/ahead/60`, { method: 'POST', headers });
  expect(response.status).toBe(403);
});
