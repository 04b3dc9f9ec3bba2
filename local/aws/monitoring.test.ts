import { DatabaseSync } from 'node:sqlite';
import { sign } from 'aws4';
import { TestLambda } from '../../test/lambda.ts';
import { Resolver } from '../assembly/intrinsics.ts';
import { emptyModel, type SystemModel } from '../assembly/model.ts';
import { ALARM_READERS } from '../assembly/read-alarms.ts';
import { AwsEndpoint } from './aws-endpoint.ts';
import { Clock } from './clock.ts';
import { Monitoring } from './monitoring.ts';
import { QueueStore } from './sqs/queue-store.ts';

const MINUTE = 60_000;
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:alerts';
const QUEUE = {
  name: 'failed',
  delay: 0,
  visibilityTimeout: 30_000,
  retention: 1e9,
  waitTime: 0,
  maxMessageSize: 1_000_000,
};

/** Reads resources into a model. */
function modelOf(...resources: [type: string, properties: Record<string, unknown>][]): SystemModel {
  const model = emptyModel();
  for (const [Type, Properties] of resources) {
    const resource = { Type, Properties };
    const stack = { name: 'stack', template: { Resources: { Id: resource } } };
    const context = { logicalId: 'Id', stack, resource, resolver: new Resolver(stack, [stack]), directory: '' };
    ALARM_READERS[Type]?.(Properties, model, context);
  }
  return model;
}

const metricAlarm = (AlarmName: string, properties: object = {}): [string, Record<string, unknown>] => [
  'AWS::CloudWatch::Alarm',
  {
    AlarmName,
    AlarmDescription: `${AlarmName} happened`,
    Namespace: 'Library',
    MetricName: 'Refusals',
    Dimensions: [{ Name: 'service', Value: 'books' }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 2,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [TOPIC],
    OKActions: [TOPIC],
    ...properties,
  },
];

const lambda = new TestLambda();
const queues = new QueueStore(new DatabaseSync(':memory:'));
let model = emptyModel();
let notices: string[] = [];
let monitoring: Monitoring;
let aws: AwsEndpoint;
let endpoint: string;
let clock: Clock;

async function start(...resources: Parameters<typeof modelOf>): Promise<void> {
  model = { ...modelOf(...resources), queues: [QUEUE] };
  notices = [];
  clock = new Clock(() => Date.UTC(2030, 0, 1));
  const onNotice = (line: string) => notices.push(line);
  monitoring = new Monitoring({ clock, lambda: lambda.service, queues, model: () => model, onNotice });
  monitoring.reload();
  monitoring.start();
  aws = new AwsEndpoint({ services: monitoring.services, onDenied: () => {} });
  endpoint = await aws.listen();
}

afterEach(() => {
  monitoring.close();
  aws.close();
});
afterAll(() => lambda.service.close());

/** Calls an operation in AWS's JSON protocol, or with `Action` in the query protocol. */
async function call(service: string, target: string, input: Record<string, unknown>) {
  const isQuery = target === '';
  const { host, hostname, port } = new URL(endpoint);
  const request = sign(
    {
      service,
      region: 'us-east-1',
      host,
      method: 'POST',
      path: '/',
      headers: isQuery
        ? { 'content-type': 'application/x-www-form-urlencoded' }
        : { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body: isQuery ? new URLSearchParams(input as Record<string, string>).toString() : JSON.stringify(input),
    },
    aws.operator,
  );
  const url = `http://${hostname}:${port}/`;
  const response = await fetch(url, {
    method: 'POST',
    headers: request.headers as never,
    body: request.body as string,
  });
  return { status: response.status, body: await response.text() };
}

const stateOf = (name: string) => monitoring.alarms.all().find(({ definition }) => definition.name === name)?.state;

test('an alarm fires on logged metrics, is printed, notifies by e-mail, and ends', async () => {
  await start(metricAlarm('refused'), [
    'AWS::SNS::Topic',
    { TopicName: 'alerts', Subscription: [{ Protocol: 'email', Endpoint: 'ops@example.com' }] },
  ]);
  const refusal = { namespace: 'Library', name: 'Refusals', dimensions: { service: 'books' }, value: 1 };
  expect(stateOf('refused')).toBe('INSUFFICIENT_DATA');
  monitoring.countLogged(refusal);
  await clock.advance(MINUTE);
  expect(stateOf('refused')).toBe('OK');
  monitoring.countLogged(refusal);
  monitoring.countLogged(refusal);
  await clock.advance(MINUTE);
  expect(stateOf('refused')).toBe('ALARM');
  monitoring.countLogged({ ...refusal, value: 0 });
  await clock.advance(MINUTE);
  expect(stateOf('refused')).toBe('OK');
  expect(notices.filter((line) => !line.startsWith('Alarm'))).toEqual([
    'E-mail to ops@example.com: OK: "refused"',
    'E-mail to ops@example.com: ALARM: "refused"',
    'E-mail to ops@example.com: OK: "refused"',
  ]);
  expect(notices.filter((line) => line.startsWith('Alarm'))).toEqual([
    expect.stringMatching(/^Alarm refused: refused happened\. Threshold Crossed: .*\[2 \(00:01\)\]/),
    expect.stringMatching(/^Alarm refused has ended: OK\. /),
  ]);
});

test('an alarm on the depth of a queue fires within a minute of the first message', async () => {
  await start(
    metricAlarm('letters', {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'failed' }],
      Statistic: 'Maximum',
      Threshold: 1,
    }),
  );
  await clock.advance(MINUTE);
  expect(stateOf('letters')).toBe('OK');
  queues.send(QUEUE, { body: 'lost' });
  await clock.advance(MINUTE);
  expect(stateOf('letters')).toBe('ALARM');
});

test.each([
  { policy: undefined, isDelivered: true },
  {
    policy: { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    isDelivered: false,
  },
  {
    policy: {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:ref*' } },
    },
    isDelivered: true,
  },
])('a topic with the policy $policy takes an alarm: $isDelivered', async ({ policy, isDelivered }) => {
  const Statement = [{ ...policy, Action: 'sns:Publish', Resource: TOPIC }];
  await start(
    metricAlarm('refused'),
    ['AWS::SNS::Topic', { TopicName: 'alerts' }],
    ['AWS::SNS::Subscription', { TopicArn: TOPIC, Protocol: 'email', Endpoint: 'ops@example.com' }],
    ...(policy
      ? [
          ['AWS::SNS::TopicPolicy', { Topics: [TOPIC], PolicyDocument: { Statement } }] as [
            string,
            Record<string, unknown>,
          ],
        ]
      : []),
  );
  monitoring.alarms.setState('refused', { state: 'ALARM', reason: 'rehearsed' });
  expect(notices.includes('E-mail to ops@example.com: ALARM: "refused"')).toBe(isDelivered);
  expect(notices.some((line) => line.includes('does not allow cloudwatch.amazonaws.com'))).toBe(!isDelivered);
});

test('alarms are described, and their state is set, in both protocols', async () => {
  await start(metricAlarm('refused'), metricAlarm('other', { AlarmActions: [] }), [
    'AWS::SNS::Topic',
    { TopicName: 'alerts' },
  ]);
  const target = (operation: string) => `GraniteServiceVersion20100801.${operation}`;
  const state = { AlarmName: 'refused', StateValue: 'ALARM', StateReason: 'rehearsed <1>' };
  expect((await call('monitoring', target('SetAlarmState'), state)).status).toBe(200);
  const { body } = await call('monitoring', target('DescribeAlarms'), { StateValue: 'ALARM' });
  expect(JSON.parse(body).MetricAlarms).toEqual([
    expect.objectContaining({
      AlarmName: 'refused',
      StateValue: 'ALARM',
      StateReason: 'rehearsed <1>',
      StateUpdatedTimestamp: Date.UTC(2030, 0, 1) / 1_000,
      Dimensions: [{ Name: 'service', Value: 'books' }],
      Period: 60,
      Statistic: 'Sum',
    }),
  ]);
  const inXml = await call('monitoring', '', { Action: 'DescribeAlarms', 'AlarmNames.member.1': 'refused' });
  expect(inXml.body).toContain('<StateReason>rehearsed &#60;1&#62;</StateReason>');
  expect(inXml.body).toContain('<StateUpdatedTimestamp>2030-01-01T00:00:00.000Z</StateUpdatedTimestamp>');
  expect(inXml.body).not.toContain('other');
  const unknown = await call('monitoring', '', { Action: 'SetAlarmState', AlarmName: 'none', StateValue: 'OK' });
  expect([unknown.status, unknown.body]).toEqual([404, expect.stringContaining('<Code>ResourceNotFound</Code>')]);
  const invalid = await call('monitoring', target('SetAlarmState'), { ...state, StateValue: 'FINE' });
  expect([invalid.status, invalid.body]).toEqual([400, expect.stringContaining('must be one of OK, ALARM')]);
  expect((await call('sns', '', { Action: 'ListTopics' })).body).toContain(
    `<member><TopicArn>${TOPIC}</TopicArn></member>`,
  );
});

test('a deployment is created, shown and stopped by the API', async () => {
  await start();
  const name = lambda.put('behaviour.nothing');
  const group = { application: 'app', name: 'group', configName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes' };
  model.deploymentGroups.push({ ...group, alarms: [], rollbackOn: ['DEPLOYMENT_STOP_ON_REQUEST'] });
  model.aliasDeployments.push({ functionName: name, alias: 'live', application: 'app', group: 'group' });
  lambda.publish(name, 'behaviour.echo');
  const Properties = { Name: name, Alias: 'live', CurrentVersion: '1', TargetVersion: '2' };
  const content = JSON.stringify({ version: 0.0, Resources: [{ fn: { Type: 'AWS::Lambda::Function', Properties } }] });
  const target = (operation: string) => `CodeDeploy_20141006.${operation}`;
  const run = async (operation: string, input: object) =>
    JSON.parse((await call('codedeploy', target(operation), input as Record<string, unknown>)).body);
  const revision = { revisionType: 'AppSpecContent', appSpecContent: { content } };
  const { deploymentId } = await run('CreateDeployment', { applicationName: 'app', revision });
  expect(await run('GetDeployment', { deploymentId })).toMatchObject({
    deploymentInfo: { status: 'InProgress', deploymentConfigName: group.configName, applicationName: 'app' },
  });
  await run('StopDeployment', { deploymentId });
  const { deploymentInfo } = await run('GetDeployment', { deploymentId });
  expect(deploymentInfo).toMatchObject({
    status: 'Stopped',
    errorInformation: { code: 'MANUAL_STOP' },
    rollbackInfo: { rollbackMessage: 'Moved back to version 1.' },
  });
  expect(await run('ListDeployments', { applicationName: 'app' })).toEqual({ deployments: [deploymentId] });
  expect(await run('ListDeploymentGroups', { applicationName: 'app' })).toMatchObject({ deploymentGroups: ['group'] });
  const [only] = model.deploymentGroups;
  Object.assign(only ?? {}, { configName: 'unknown' });
  const failing = await run('CreateDeployment', { applicationName: 'app', revision });
  expect((await run('GetDeployment', failing)).deploymentInfo).toMatchObject({
    status: 'Failed',
    errorInformation: { message: expect.stringContaining('configuration unknown, which does not exist') },
  });
  expect(lambda.service.versionsOf(name).aliases.get('live')).toEqual({ version: '1' });
  expect((await run('CreateDeployment', { applicationName: 'app' })).message).toContain('it is not JSON');
  expect((await run('GetDeployment', { deploymentId: 'd-NONE' })).message).toBe('There is no deployment d-NONE.');
});

test.each([
  [{ Period: 30 }, 'a period that is not in minutes'],
  [{ Period: 3_600, EvaluationPeriods: 2 }, 'a range above 3 hours'],
  [{ Namespace: 'AWS/DynamoDB', MetricName: 'ThrottledRequests' }, 'the metric ThrottledRequests of AWS/DynamoDB'],
  [{ Statistic: 'TM(10%:90%)' }, 'the statistic TM(10%:90%)'],
  [{ ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }, 'the comparison'],
  [{ Metrics: [{ Id: 'e', Expression: 'ANOMALY_DETECTION_BAND(m)' }] }, 'is not supported'],
])('an alarm with %j is reported as unsupported', async (properties, reason) => {
  await start(metricAlarm('unusual', properties));
  expect(model.alarms).toEqual([]);
  expect(model.unsupported).toEqual([{ stack: 'stack', logicalId: 'Id', type: expect.stringContaining(reason) }]);
});
