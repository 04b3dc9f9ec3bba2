import { join } from 'node:path';
import { requiredEnv } from '#platform/env.ts';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { SubgraphRequest } from '#platform/graphql/envelope.ts';
import { assetOf } from '../build/bundle.ts';
import { LIBRARY } from '../build/discover.ts';
import { FakeAws } from './fake-aws.ts';
import { TestLambda } from './lambda.ts';
import { connectionTable } from './live-graph.ts';

/** The built functions of the library, with subgraphs in this process. */
let aws: FakeAws;
let lambda: TestLambda;
beforeAll(async () => {
  aws = await FakeAws.start();
  aws.functions['library-dev-books'] = async (event) => books(event as SubgraphRequest);
  aws.functions['library-dev-loans'] = async () => ({ data: { _entities: [{ isAvailable: true }] } });
  lambda = new TestLambda({
    variablesFor: () => ({
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_DYNAMODB: requiredEnv('TEST_DYNAMODB'),
    }),
  });
  const environment = {
    CONNECTION_TABLE: await connectionTable(),
    CONNECTIONS_ENDPOINT: `${aws.url}/live`,
    DELIVERY_QUEUE_URL: `${aws.url}/1/queue.fifo`,
    FUNCTION_PREFIX: 'library-dev-',
    INTROSPECTION: 'off',
    SAFELIST: 'only',
    TOKEN_ISSUER: aws.url,
    TOKEN_AUDIENCE: 'web',
    USAGE_TRACED_SHARE: '1',
  };
  for (const name of ['gateway-connections', 'gateway-fan-out', 'gateway-delivery'])
    lambda.put('index.handler', {
      name,
      codeDirectory: assetOf({ name, root: LIBRARY }),
      memory: 1_024,
      timeout: 60_000,
      environment,
    });
});
afterAll(async () => {
  await lambda.service.close();
  aws.close();
});
beforeEach(() => aws.posted.clear());

function books({ subscription, variables }: SubgraphRequest) {
  if (subscription?.kind === 'start') return { data: null, extensions: { topic: variables?.id } };
  return { data: { bookChanged: { __typename: 'Book', id: variables?.id, title: 'The Waves', isOffered: false } } };
}

const HANDSHAKE = { 'Sec-WebSocket-Protocol': 'graphql-transport-ws', 'apollographql-client-name': 'web' };

async function socket(routeKey: string, connectionId: string, more: object = {}) {
  const requestContext = { routeKey, connectionId, requestId: 'r', requestTimeEpoch: Date.now() };
  return (await lambda.call('gateway-connections', { requestContext, ...more })).answer;
}
const send = (connectionId: string, message: object) =>
  socket('$default', connectionId, { body: JSON.stringify(message), isBase64Encoded: false });

async function subscribe(connectionId: string, payload: object): Promise<void> {
  await socket('$connect', connectionId, { headers: HANDSHAKE });
  await send(connectionId, { type: 'connection_init' });
  await send(connectionId, { type: 'subscribe', id: 's', payload });
}

async function registeredId(): Promise<string> {
  const { default: manifest } = await import(join(LIBRARY, 'graph/operations/web.json'));
  return manifest.operations.find(({ name }: { name: string }) => name === 'BookChanged').id;
}

function takenBack(version: number): DomainEvent {
  const time = new Date(Date.now() + 1_000).toISOString();
  const data = { bookId: 'b1', ownerId: 'o1', title: 'The Waves', isOffered: false };
  const identity = { id: `e${version}`, entityId: 'b1', version, time, requestId: 'cause' };
  return { ...identity, type: 'BookTakenBack', source: 'books', data };
}

test('a handshake is accepted for the subprotocol and a contract of the graph', async () => {
  const accepted = { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' } };
  const contract = (name: string) => ({ headers: HANDSHAKE, queryStringParameters: { contract: name } });
  expect(await socket('$connect', 'a', { headers: HANDSHAKE, queryStringParameters: null })).toEqual(accepted);
  expect(await socket('$connect', 'b', contract('public'))).toEqual(accepted);
  expect(await socket('$connect', 'c', contract('nothing'))).toMatchObject({ statusCode: 400 });
  expect(await socket('$connect', 'd', { headers: {} })).toMatchObject({ statusCode: 400 });
});

test('a registered subscription goes from an event of the bus to the client', async () => {
  await subscribe('e', { query: '', documentId: await registeredId(), variables: { id: 'b1' } });
  await lambda.call('gateway-fan-out', { source: 'books', detail: takenBack(2) });
  const [queued] = aws.queue.splice(0);
  const attributes = { MessageGroupId: queued?.group, ApproximateReceiveCount: '1' };
  const record = { messageId: 'm', receiptHandle: 'h', body: queued?.body, attributes };
  const { answer } = await lambda.call('gateway-delivery', { Records: [record] });
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(aws.messages('e')).toMatchObject([
    { type: 'connection_ack' },
    { type: 'pong', payload: { subscribed: 's' } },
    {
      type: 'next',
      id: 's',
      payload: { data: { bookChanged: { title: 'The Waves', isOffered: false, isAvailable: true } } },
    },
  ]);
});

test('runs are recorded like requests over HTTP: log line with metrics, and usage', async () => {
  const id = await registeredId();
  await subscribe('f', { documentId: id, variables: { id: 'b1' } });
  const lines = lambda.lines.map((line) => line.slice(line.indexOf(' ') + 1)).filter((line) => line.startsWith('{'));
  const logged = lines.map((line) => JSON.parse(line));
  expect(logged).toContainEqual(
    expect.objectContaining({
      message: 'answered',
      operation: 'BookChanged',
      route: 'SUBSCRIBE /graphql',
      Requests: 1,
    }),
  );
  const usage = logged.filter(({ message }) => message === 'usage').map((line) => line.usage);
  expect(usage).toContainEqual(expect.objectContaining({ operation: { id }, clientName: 'web' }));
});

test('the safelist rejects an unregistered subscription', async () => {
  await subscribe('g', { query: 'subscription { bookChanged(id: "b1") { title } }' });
  expect(aws.messages('g').at(-1)).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'QUERY_NOT_IN_SAFELIST' } }],
  });
});

test('a disconnect removes the connection and its subscriptions', async () => {
  await subscribe('h', { documentId: await registeredId(), variables: { id: 'b9' } });
  await socket('$disconnect', 'h');
  await lambda.call('gateway-fan-out', { source: 'books', detail: { ...takenBack(3), entityId: 'b9' } });
  expect(aws.queue).toEqual([]);
});
