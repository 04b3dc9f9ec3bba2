import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from 'aws4';
import { WebSocket } from 'ws';
import { eventually } from '../../test/eventually.ts';
import { TestLambda } from '../../test/lambda.ts';
import { AwsEndpoint, type Credentials } from '../aws/aws-endpoint.ts';
import { ExecuteApi } from '../aws/execute-api.ts';
import type { PolicyStatement } from '../aws/iam/policy.ts';
import type { ConnectionLimits } from './websocket/connection.ts';
import type { WebSocketApiDefinition } from './websocket/definition.ts';
import { WebSocketApi } from './websocket/websocket-api.ts';

/** The WebSocket API of the local run, in front of a function under AWS's runtime client. */

const directory = mkdtempSync(join(tmpdir(), 'websocket-'));
const newFile = () => join(directory, randomUUID());
const lambda = new TestLambda({ maxConcurrency: 4, waitTimeout: 60_000, variablesFor: () => variables });
const apis: ApiServer[] = [];
let variables: Record<string, string> = {};

afterEach(() => Promise.all(apis.splice(0).map((api) => api.close())));
afterAll(async () => {
  await lambda.service.close();
  rmSync(directory, { recursive: true });
});

/** WebSocket API with its management API, on ports of its own. */
class ApiServer {
  readonly functionName = lambda.put('websocket.handle');
  readonly definition: WebSocketApiDefinition;
  readonly webSockets: WebSocketApi;
  readonly aws: AwsEndpoint;
  mayInvoke = true;
  readonly #server = createServer();
  awsUrl = '';

  constructor(
    limits: Partial<ConnectionLimits & { integration: number }> = {},
    routes = ['$connect', '$disconnect', '$default'],
  ) {
    const integration = {
      arn: 'arn',
      functionName: this.functionName,
      qualifier: 'live',
      timeout: limits.integration ?? 29_000,
    };
    this.definition = {
      id: 'api',
      stage: 'graphql',
      selector: 'action',
      routes: Object.fromEntries(routes.map((key) => [key, integration])),
    };
    this.webSockets = new WebSocketApi({
      definition: () => this.definition,
      invoke: (name, payload, options) => lambda.service.invoke(name, payload, options),
      mayInvoke: () => this.mayInvoke,
      limits,
    });
    this.aws = new AwsEndpoint({ services: { 'execute-api': new ExecuteApi(this.webSockets) }, onDenied: () => {} });
    this.#server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
      void this.webSockets.upgrade(incoming, socket, head);
    });
  }

  async listen(): Promise<this> {
    apis.push(this);
    this.awsUrl = await this.aws.listen();
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  /** Returns the events of this API's function. */
  events(eventType?: string) {
    return lambda.lines
      .filter((line) => line.startsWith(`${this.functionName} {`))
      .map((line) => messageIn(line.slice(this.functionName.length + 1)))
      .filter((event) => event?.requestContext && (!eventType || event.requestContext.eventType === eventType));
  }

  /** Calls the management API. */
  manage(
    method: string,
    connectionId: string,
    { body = '', credentials = this.aws.operator, stage = 'graphql' }: Call = {},
  ) {
    const { host } = new URL(this.awsUrl);
    const path = `/${stage}/@connections/${encodeURIComponent(connectionId)}`;
    const { headers } = sign({ service: 'execute-api', region: 'us-east-1', method, host, path, body }, credentials);
    return fetch(`${this.awsUrl}${path}`, {
      method,
      headers: headers as Record<string, string>,
      ...(body && { body }),
    });
  }

  async close(): Promise<void> {
    await this.webSockets.close();
    this.aws.close();
    this.#server.close();
  }
}

interface Call {
  body?: string;
  credentials?: Credentials;
  stage?: string;
}

function messageIn(line: string) {
  try {
    return JSON.parse(JSON.parse(line).message);
  } catch {
    return undefined;
  }
}

/** Opens a connection, and collects its messages. */
async function connect({ url }: { url: string }, protocols: string[] = []) {
  const socket = new WebSocket(url, protocols);
  const messages: string[] = [];
  socket.on('message', (data) => messages.push(String(data)));
  const closed = new Promise<[code: number, reason: string]>((resolve) =>
    socket.on('close', (code, reason) => resolve([code, String(reason)])),
  );
  await once(socket, 'open');
  return { socket, messages, closed, send: (message: object | string) => socket.send(text(message)) };
}

const text = (message: object | string) => (typeof message === 'string' ? message : JSON.stringify(message));

/** Returns the id of the only connection. */
const idIn = (api: ApiServer) => String(api.events('CONNECT')[0]?.requestContext.connectionId);

/** Returns the status and body with which a handshake is refused. */
async function refusal(url: string, headers = {}): Promise<[number | undefined, { message: string }]> {
  const socket = new WebSocket(url, { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  return [response.statusCode, JSON.parse(Buffer.concat(await response.toArray()).toString())];
}

describe('the events', () => {
  test("have API Gateway's format", async () => {
    const api = await new ApiServer().listen();
    const { socket, closed } = await connect({ url: `${api.url}?status=200&tag=a&tag=b` });
    socket.send('hello');
    await eventually(async () => expect(api.events('MESSAGE')).toHaveLength(1));
    socket.close(4001, 'enough');
    await closed;
    await eventually(async () => expect(api.events('DISCONNECT')).toHaveLength(1));
    const context = {
      extendedRequestId: expect.stringMatching(/=$/),
      requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      messageDirection: 'IN',
      stage: 'graphql',
      connectedAt: expect.any(Number),
      requestTimeEpoch: expect.any(Number),
      identity: { userAgent: '', sourceIp: '127.0.0.1' },
      requestId: expect.stringMatching(/=$/),
      domainName: '127.0.0.1',
      connectionId: expect.stringMatching(/^[\w-]{15}=$/),
      apiId: 'api',
    };
    expect(api.events()).toEqual([
      {
        headers: expect.objectContaining({ 'Sec-WebSocket-Version': '13', 'X-Forwarded-For': '127.0.0.1' }),
        multiValueHeaders: expect.objectContaining({ 'Sec-WebSocket-Version': ['13'] }),
        queryStringParameters: { status: '200', tag: 'b' },
        multiValueQueryStringParameters: { status: ['200'], tag: ['a', 'b'] },
        requestContext: { ...context, routeKey: '$connect', eventType: 'CONNECT' },
        isBase64Encoded: false,
      },
      {
        requestContext: {
          ...context,
          routeKey: '$default',
          eventType: 'MESSAGE',
          messageId: expect.stringMatching(/=$/),
        },
        body: 'hello',
        isBase64Encoded: false,
      },
      {
        headers: expect.objectContaining({ Host: '127.0.0.1' }),
        multiValueHeaders: expect.objectContaining({ Host: ['127.0.0.1'] }),
        requestContext: {
          ...context,
          routeKey: '$disconnect',
          eventType: 'DISCONNECT',
          disconnectStatusCode: 4001,
          disconnectReason: 'enough',
        },
        isBase64Encoded: false,
      },
    ]);
    expect(new Set(api.events().map(({ requestContext }) => requestContext.connectionId)).size).toBe(1);
  });

  test('go to the route that a message selects, else to $default', async () => {
    const api = await new ApiServer({}, ['$connect', '$disconnect', '$default', 'list']).listen();
    const { send } = await connect(api);
    const messages = ['{"action":"list"}', '{"action":"other"}', '{"action":"$disconnect"}', 'no JSON', 'null'];
    for (const message of messages) send(message);
    await eventually(async () => expect(api.events('MESSAGE')).toHaveLength(messages.length));
    const routes = Object.fromEntries(
      api.events('MESSAGE').map(({ body, requestContext }) => [body, requestContext.routeKey]),
    );
    expect(messages.map((message) => routes[message])).toEqual(['list', ...Array(4).fill('$default')]);
  });

  test('tell of a client that vanishes', async () => {
    const api = await new ApiServer().listen();
    const { socket } = await connect(api);
    socket.terminate();
    await eventually(async () =>
      expect(api.events('DISCONNECT')[0]?.requestContext).toMatchObject({
        disconnectStatusCode: 1006,
        disconnectReason: '',
      }),
    );
  });
});

describe('a handshake', () => {
  test('has the subprotocol that the function chose', async () => {
    const api = await new ApiServer().listen();
    const { socket } = await connect({ url: `${api.url}?protocol=graphql-transport-ws` }, [
      'other',
      'graphql-transport-ws',
    ]);
    expect(socket.protocol).toBe('graphql-transport-ws');
    expect(api.events('CONNECT')[0]?.headers).toMatchObject({ 'Sec-WebSocket-Protocol': 'other,graphql-transport-ws' });
  });

  test('has no subprotocol if the function chose none, so that a client that wants one leaves', async () => {
    const api = await new ApiServer().listen();
    await expect(connect(api, ['graphql-transport-ws'])).rejects.toThrow('Server sent no subprotocol');
  });

  test.each([
    ['refuses', 'status=403', 403, 'Forbidden'],
    ['does not know the subprotocol', 'status=400', 400, 'Bad Request'],
    ['fails', 'fails=1', 502, 'Bad Gateway'],
    ['does not respond in time', 'hangs=1', 504, 'Gateway Timeout'],
  ])('is refused if the function %s', async (_, query, status, message) => {
    // Only a function that is not to respond has little time: others may start slowly on a busy machine.
    const api = await new ApiServer(status === 504 ? { integration: 1_000 } : {}).listen();
    expect(await refusal(`${api.url}?${query}`)).toEqual([status, { message, connectionId: idIn(api) }]);
    expect(api.events('DISCONNECT')).toEqual([]);
  });

  test('is refused for another path, without its key, and if the function does not allow the API to invoke it', async () => {
    const api = await new ApiServer().listen();
    expect((await refusal(api.url.replace('graphql', 'other')))[0]).toBe(403);
    const withoutKey = request(api.url.replace('ws', 'http'), {
      headers: { connection: 'Upgrade', upgrade: 'websocket' },
    }).end();
    const [response] = (await once(withoutKey, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(400);
    api.mayInvoke = false;
    expect((await refusal(api.url))[0]).toBe(502);
    expect(api.events()).toEqual([]);
  });

  test('succeeds without a route $connect', async () => {
    const api = await new ApiServer({}, ['$default']).listen();
    const { socket } = await connect(api);
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('a message', () => {
  test('is answered by the function, by the management API with its own credentials', async () => {
    const api = await new ApiServer().listen();
    const { accessKeyId, secretAccessKey } = api.aws.credentialsOf(api.functionName);
    variables = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      CONNECTIONS_ENDPOINT: `${api.awsUrl}/graphql`,
    };
    api.aws.setPolicies(api.functionName, [manageStatement('POST')]);
    const { send, messages } = await connect(api);
    send({ echo: 'Zoë' });
    await eventually(async () => expect(messages).toEqual(['Zoë']));
  });

  test.each([
    ['that the function fails to handle', { fails: true }, 'Internal server error'],
    ['that the function does not handle in time', { hangs: true }, 'Endpoint request timed out'],
  ])('%s gets an error, and the connection stays', async (_, message, expected) => {
    // Enough for a slow start at the handshake.
    const api = await new ApiServer({ integration: 'hangs' in message ? 5_000 : 29_000 }).listen();
    const { send, messages, socket } = await connect(api);
    send(message);
    await eventually(async () => expect(messages).toHaveLength(1));
    expect(JSON.parse(messages[0] ?? '')).toEqual({
      message: expected,
      connectionId: idIn(api),
      requestId: expect.any(String),
    });
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test('without a route is forbidden', async () => {
    const api = await new ApiServer({}, ['$connect']).listen();
    const { send, messages } = await connect(api);
    send('x');
    await eventually(async () => expect(JSON.parse(messages[0] ?? '')).toMatchObject({ message: 'Forbidden' }));
  });

  test('does not wait for an earlier one of its connection: functions run at the same time', async () => {
    const api = await new ApiServer().listen();
    const { send, messages } = await connect(api);
    const file = newFile();
    send({ waitsFor: file, fails: true });
    send({ fails: true });
    await eventually(async () => expect(messages).toHaveLength(1));
    const [, second] = api.events('MESSAGE').map(({ requestContext }) => requestContext.requestId);
    expect(JSON.parse(messages[0] ?? '').requestId).toBe(second);
    writeFileSync(file, '');
    await eventually(async () => expect(messages).toHaveLength(2));
  });

  test('in a binary frame ends the connection with 1003', async () => {
    const api = await new ApiServer().listen();
    const { socket, closed } = await connect(api);
    socket.send(Buffer.from('hello'));
    expect((await closed)[0]).toBe(1003);
    expect(api.events('MESSAGE')).toEqual([]);
  });

  test('of 128 KB in frames of 32 KB arrives whole', async () => {
    const api = await new ApiServer().listen();
    const { socket } = await connect(api);
    for (let i = 0; i < 4; i++) socket.send('x'.repeat(32 * 1024), { fin: i === 3 });
    await eventually(async () => expect(api.events('MESSAGE')[0]?.body).toHaveLength(128 * 1024));
  });

  test.each([
    ['in a frame above 32 KB', [32 * 1024 + 1]],
    ['above 128 KB', [...Array(4).fill(32 * 1024), 1]],
    ['in a frame above 64 KB', [65_536]],
  ])('%s ends the connection with 1009', async (_, frames) => {
    const api = await new ApiServer().listen();
    const { socket, closed } = await connect(api);
    for (const [i, size] of frames.entries()) socket.send('x'.repeat(size), { fin: i === frames.length - 1 });
    expect((await closed)[0]).toBe(1009);
    await eventually(async () =>
      expect(api.events('DISCONNECT')[0]?.requestContext).toMatchObject({ disconnectStatusCode: 1009 }),
    );
    expect(api.events('MESSAGE')).toEqual([]);
  });
});

const manageStatement = (method: string): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'execute-api:ManageConnections',
  Resource: `arn:aws:execute-api:us-east-1:123456789012:api/graphql/${method}/@connections/*`,
});

describe('the management API', () => {
  test('sends messages in order of the calls', async () => {
    const api = await new ApiServer().listen();
    const { messages } = await connect(api);
    for (let i = 0; i < 20; i++) expect((await api.manage('POST', idIn(api), { body: String(i) })).status).toBe(200);
    await eventually(async () => expect(messages).toEqual(Array.from({ length: 20 }, (_, i) => String(i))));
  });

  test('tells of a connection', async () => {
    const api = await new ApiServer().listen();
    await connect(api);
    const response = await api.manage('GET', idIn(api));
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect([response.status, await response.json()]).toEqual([
      200,
      { connectedAt: time, identity: { sourceIp: '127.0.0.1', userAgent: '' }, lastActiveAt: time },
    ]);
  });

  test('ends a connection with 1000', async () => {
    const api = await new ApiServer().listen();
    const { closed } = await connect(api);
    expect((await api.manage('DELETE', idIn(api))).status).toBe(204);
    expect(await closed).toEqual([1000, '']);
    await eventually(async () =>
      expect(api.events('DISCONNECT')[0]?.requestContext).toMatchObject({ disconnectStatusCode: 1000 }),
    );
  });

  test.each(['POST', 'GET', 'DELETE'])(
    'responds to %s with 410 if the connection has ended, or never was',
    async (method) => {
      const api = await new ApiServer().listen();
      const { socket } = await connect(api);
      socket.close();
      const body = method === 'POST' ? 'x' : '';
      for (const id of [idIn(api), 'never=']) {
        await eventually(async () => expect((await api.manage(method, id, { body })).status).toBe(410));
        const response = await api.manage(method, id, { body });
        expect(response.headers.get('x-amzn-errortype')).toBe('GoneException');
      }
    },
  );

  test('refuses a message above 128 KB, and another stage', async () => {
    const api = await new ApiServer().listen();
    await connect(api);
    const response = await api.manage('POST', idIn(api), { body: 'x'.repeat(128 * 1024 + 1) });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([413, 'PayloadTooLargeException']);
    expect((await api.manage('POST', idIn(api), { body: 'x', stage: 'other' })).status).toBe(403);
  });

  test('needs a signature, and a policy for the method and the API', async () => {
    const api = await new ApiServer().listen();
    const { messages } = await connect(api);
    const id = idIn(api);
    expect((await fetch(`${api.awsUrl}/graphql/@connections/${id}`, { method: 'POST', body: 'x' })).status).toBe(403);
    const credentials = api.aws.credentialsOf('f');
    const denied = await api.manage('POST', id, { body: 'x', credentials });
    expect([denied.status, await denied.json()]).toMatchObject([
      403,
      {
        message: expect.stringContaining(
          `execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:123456789012:api/graphql/POST/@connections/${id}`,
        ),
      },
    ]);
    api.aws.setPolicies('f', [manageStatement('POST')]);
    expect((await api.manage('POST', id, { body: 'allowed', credentials })).status).toBe(200);
    expect((await api.manage('DELETE', id, { credentials })).status).toBe(403);
    await eventually(async () => expect(messages).toEqual(['allowed']));
  });

  test('responds with 429 when a client does not take its messages, and others get theirs', async () => {
    const api = await new ApiServer({ buffer: 100_000 }).listen();
    const slow = await connect(api);
    const slowId = idIn(api);
    slow.socket.pause();
    const body = 'x'.repeat(128 * 1024);
    const statuses: number[] = [];
    while (!statuses.includes(429)) statuses.push((await api.manage('POST', slowId, { body })).status);
    const other = await connect(api);
    const otherId = String(api.events('CONNECT')[1]?.requestContext.connectionId);
    expect((await api.manage('POST', otherId, { body: 'hello' })).status).toBe(200);
    await eventually(async () => expect(other.messages).toEqual(['hello']));
    slow.socket.resume();
    await eventually(async () => expect(slow.messages).toHaveLength(statuses.length - 1));
  });
});

describe('a connection ends', () => {
  test('after some time without messages, with 1001', async () => {
    const api = await new ApiServer({ idle: 200 }).listen();
    const { closed } = await connect(api);
    expect(await closed).toEqual([1001, 'Going away']);
    await eventually(async () =>
      expect(api.events('DISCONNECT')[0]?.requestContext).toMatchObject({
        disconnectStatusCode: 1001,
        disconnectReason: 'Going away',
      }),
    );
  });

  test('after two hours even if messages come, with 1001', async () => {
    const [idle, lifetime] = [1_000, 3_000];
    const api = await new ApiServer({ idle, lifetime }, ['$connect', '$disconnect']).listen();
    const start = performance.now();
    const { socket, closed, send } = await connect(api);
    // Each message gets an error, and each error the next message.
    socket.on('message', () => setImmediate(() => socket.readyState === WebSocket.OPEN && send('more')));
    send('first');
    expect(await closed).toEqual([1001, 'Going away']);
    expect(performance.now() - start).toBeGreaterThan(lifetime - 100);
  });

  test('with the system, and no function is invoked for it', async () => {
    const api = await new ApiServer().listen();
    const connections = [await connect(api), await connect(api)];
    const unresponsive = await connect(api);
    unresponsive.socket.pause();
    await api.webSockets.close();
    for (const { closed } of connections) expect(await closed).toEqual([1001, 'Going away']);
    unresponsive.socket.resume();
    await unresponsive.closed;
    expect(api.events('DISCONNECT')).toEqual([]);
  });
});

test('2,000 connections each get their own messages', async () => {
  const api = await new ApiServer().listen();
  const connections = await Promise.all(Array.from({ length: 2_000 }, () => connect(api)));
  const ids: string[] = api.events('CONNECT').map(({ requestContext }) => requestContext.connectionId);
  expect(new Set(ids).size).toBe(2_000);
  for (let i = 0; i < ids.length; i += 100)
    await Promise.all(ids.slice(i, i + 100).map((id) => api.manage('POST', id, { body: id })));
  await eventually(async () => expect(connections.flatMap(({ messages }) => messages).sort()).toEqual([...ids].sort()));
  expect(connections.every(({ messages }) => messages.length === 1)).toBe(true);
}, 120_000);
