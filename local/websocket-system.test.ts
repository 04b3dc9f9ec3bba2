import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { deadLetter } from '../operator/dead-letter.ts';
import { DeadLetterQueues } from '../operator/dead-letter-queues.ts';
import { Redrive } from '../operator/redrive.ts';
import { writeAssembly } from '../test/event-assembly.ts';
import { eventually } from '../test/eventually.ts';
import { LocalSystem } from './system.ts';

/** A system of a WebSocket API, a FIFO queue and two functions, from its template. */

const FUNCTIONS = join(import.meta.dirname, '../test/functions');
/** Inside the project, so that functions, which run from copies in it, find packages. */
const DATA = join(import.meta.dirname, '../.data');
mkdirSync(DATA, { recursive: true });
const data = mkdtempSync(join(DATA, 'websocket-'));
const logs: string[] = [];
let assembly = '';
let system: LocalSystem;

const get = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const join_ = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const api = (type: string, Properties: object) => ({
  Type: `AWS::ApiGatewayV2::${type}`,
  Properties: { ApiId: { Ref: 'Api' }, ...Properties },
});
const EXECUTE_API = [
  'arn:aws:execute-api:',
  { Ref: 'AWS::Region' },
  ':',
  { Ref: 'AWS::AccountId' },
  ':',
  { Ref: 'Api' },
];

function fn(id: string, Handler: string, Variables: object, ...Statement: object[]) {
  return {
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: id,
        Handler,
        Role: get(`${id}Role`),
        MemorySize: 256,
        Timeout: 20,
        Environment: { Variables },
      },
      Metadata: { 'aws:asset:path': FUNCTIONS },
    },
    [`${id}Role`]: { Type: 'AWS::IAM::Role', Properties: {} },
    [`${id}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement }, Roles: [{ Ref: `${id}Role` }] },
    },
  };
}

function route(RouteKey: string) {
  const id = RouteKey.slice(1);
  return {
    [`${id}Route`]: api('Route', {
      RouteKey,
      AuthorizationType: 'NONE',
      Target: join_('integrations/', { Ref: `${id}Integration` }),
    }),
    [`${id}Integration`]: api('Integration', {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: join_(
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/',
        get('relay'),
        '/invocations',
      ),
    }),
    [`${id}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: get('relay'),
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: join_(...EXECUTE_API, `/*${RouteKey}`),
      },
    },
  };
}

const resources = {
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
  },
  Stage: api('Stage', { StageName: 'live', AutoDeploy: true }),
  ...route('$connect'),
  ...route('$default'),
  Work: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'work.fifo',
      FifoQueue: true,
      VisibilityTimeout: 1,
      RedrivePolicy: { deadLetterTargetArn: get('Dead'), maxReceiveCount: 1 },
    },
  },
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work-dlq.fifo', FifoQueue: true } },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: get('Work'),
      FunctionName: { Ref: 'deliver' },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  },
  ...fn(
    'relay',
    'websocket.relay',
    { QUEUE_URL: { Ref: 'Work' } },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: get('Work') },
  ),
  ...fn(
    'deliver',
    'websocket.deliver',
    {
      CONNECTIONS_ENDPOINT: join_(
        'https://',
        { Ref: 'Api' },
        '.execute-api.',
        { Ref: 'AWS::Region' },
        '.',
        { Ref: 'AWS::URLSuffix' },
        '/',
        { Ref: 'Stage' },
      ),
      ADDRESS: join_({ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, '/', { Ref: 'Stage' }),
    },
    {
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      Resource: get('Work'),
    },
    {
      Effect: 'Allow',
      Action: 'execute-api:ManageConnections',
      Resource: join_(...EXECUTE_API, '/live/POST/@connections/*'),
    },
  ),
};

beforeAll(async () => {
  assembly = writeAssembly(resources);
  system = await start();
});
afterAll(async () => {
  await system.close();
  for (const directory of [assembly, data]) rmSync(directory, { recursive: true });
});

function start(): Promise<LocalSystem> {
  const onLog = (name: string, line: string) => logs.push(`${name} ${line}`);
  return LocalSystem.start({ assembly, data, explorer: data, port: 0, onLog });
}

async function connect() {
  const socket = new WebSocket(system.webSocketUrl ?? '');
  const messages: string[] = [];
  socket.on('message', (message) => messages.push(String(message)));
  await once(socket, 'open');
  return { socket, messages };
}

test('nothing of it is reported as unsupported, and its addresses are local', () => {
  expect(system.model.unsupported).toEqual([]);
  expect(system.webSocketUrl).toBe(`${system.url.replace('http', 'ws')}/live`);
  const { environment } = system.model.functions.find(({ name }) => name === 'deliver') ?? {};
  expect(environment).toEqual({
    CONNECTIONS_ENDPOINT: `${system.awsAccess.endpoint}/live`,
    ADDRESS: system.webSocketUrl,
  });
});

test("clients' messages come back by the queue, each to its own client", async () => {
  const [first, second] = [await connect(), await connect()];
  first.socket.send('one');
  second.socket.send('two');
  await eventually(async () => expect([first.messages, second.messages]).toEqual([['one'], ['two']]));
  for (const { socket } of [first, second]) socket.close();
});

test('a message that fails is a dead letter, which `npm run dlq` shows and sends to its queue again', async () => {
  const { socket } = await connect();
  socket.send('poison');
  const queues = new DeadLetterQueues({ aws: system.awsAccess });
  await eventually(async () => expect(await queues.all()).toEqual([{ name: 'work-dlq.fifo', messages: 1 }]));
  await expect(queues.find('work.fifo')).rejects.toThrow('There is no queue "work.fifo"');
  expect(await queues.find('dlq')).toMatch(/\/work-dlq\.fifo$/);
  const redriver = new Redrive({ aws: system.awsAccess }, []);
  const letters: object[] = [];
  await queues.each(await queues.find('work-dlq.fifo'), async (message) => {
    const letter = deadLetter(message);
    letters.push(letter);
    return (await redriver.retry(letter)) === undefined;
  });
  expect(letters).toMatchObject([{ kind: 'message', queue: 'work.fifo', body: expect.stringContaining('"poison"') }]);
  await eventually(async () => expect((await queues.all())[0]?.messages).toBe(1));
  socket.close();
});

test('a function without the permission gets no messages, and the denial is logged', async () => {
  system.aws.setPolicies('relay', []);
  const { socket, messages } = await connect();
  socket.send('hello');
  await eventually(async () => expect(messages).toEqual([expect.stringContaining('Internal server error')]));
  expect(logs.join('\n')).toContain('does not allow sqs:SendMessage on arn:aws:sqs:us-east-1:123456789012:work.fifo');
  socket.close();
});

test('connections end when the system stops, as on Ctrl-C', async () => {
  const { socket } = await connect();
  const closed = once(socket, 'close');
  await system.close();
  expect((await closed)[0]).toBe(1001);
  system = await start();
  expect((await connect()).socket.readyState).toBe(WebSocket.OPEN);
});
