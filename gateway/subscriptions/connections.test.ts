import type { RequestContext } from '#platform/graphql/subgraph.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import { LiveGraph, testToken } from '../../test/live-graph.ts';
import { HEADER_RULES } from '../defaults/header-rules.ts';
import { readHandshake } from './socket-event.ts';

let beforeTopic: () => Promise<void> = async () => {};

const NOTES = {
  typeDefs: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
    type Query { note: String } type Mutation { write: String }
    type Subscription { noteWritten(topic: String!, first: Int): String  secretWritten: String @authenticated }`,
  resolvers: {},
  subscriptions: {
    noteWritten: {
      events: ['Written'],
      topic: 'entityId',
      subscribe: async ({ topic }: { topic: string }) => {
        await beforeTopic();
        return topic;
      },
      rootValue: () => 'note',
    },
    secretWritten: {
      events: ['Written'],
      topic: 'entityId',
      subscribe: (_: unknown, { viewer }: RequestContext) => requireViewer(viewer).id,
      rootValue: () => 'secret',
    },
  },
} as const;

const FIELDS = { noteWritten: { subgraph: 'notes', events: ['Written'], topic: 'entityId' } };
const WRITTEN = 'subscription { noteWritten(topic: "t") }';

let graph: LiveGraph;
async function start(limits: object = {}): Promise<void> {
  graph?.close();
  graph = await LiveGraph.start({ subgraphs: { notes: NOTES }, fields: FIELDS, limits });
}
beforeEach(() => {
  beforeTopic = async () => {};
  return start();
});
afterEach(() => graph.close());

/** Returns the code and reason with which a connection was closed. */
function closing(connection: string) {
  expect(graph.aws.closed).toContain(connection);
  return graph.aws.messages(connection).at(-1)?.payload?.closing;
}

/** Returns the ids of the subscriptions that ended because the connection was closed. */
function ended(connection: string): string[] {
  const errors = graph.aws.messages(connection).filter(({ type }) => type === 'error');
  for (const { payload } of errors) expect(payload).toMatchObject([{ extensions: { code: 'CONNECTION_CLOSED' } }]);
  return errors.map(({ id }) => id).sort();
}

const last = (connection: string) => graph.aws.messages(connection).at(-1);
const topics = async () => (await graph.keys()).filter((key) => key.startsWith('topic#'));

describe('a handshake', () => {
  const requestContext = { routeKey: '$connect', connectionId: 'a', requestId: 'r', requestTimeEpoch: 1 };
  const handshake = (headers: Record<string, string>, contract?: string) =>
    readHandshake({ requestContext, headers, queryStringParameters: contract ? { contract } : null }, HEADER_RULES);

  test('keeps the headers that later steps need', () => {
    const headers = {
      'Sec-WebSocket-Protocol': 'x, graphql-transport-ws',
      'Apollographql-Client-Name': 'web',
      Cookie: 'c',
    };
    expect(handshake(headers, 'public')).toEqual({
      headers: { 'apollographql-client-name': 'web' },
      contract: 'public',
    });
  });

  test.each([
    ['no subprotocol', {}, undefined],
    ['another subprotocol', { 'sec-websocket-protocol': 'graphql-ws' }, undefined],
    ['a name that no contract can have', { 'sec-websocket-protocol': 'graphql-transport-ws' }, '../x'],
  ])('with %s is refused', (_, headers, contract) => {
    expect(handshake(headers as Record<string, string>, contract)).toMatchObject({ statusCode: 400 });
  });
});

describe('connection_init', () => {
  test('without a token is acknowledged', async () => {
    await graph.connect('a');
    expect(graph.aws.messages('a')).toEqual([{ type: 'connection_ack' }]);
  });

  test('with a token that is not valid is acknowledged, and each subscription ends with the reason', async () => {
    await graph.connect('a', 'nonsense');
    for (const id of ['1', '2']) await graph.subscribe('a', id, WRITTEN);
    const payload = [{ message: 'The token is not valid. Sign in again.', extensions: { code: 'UNAUTHENTICATED' } }];
    expect(graph.aws.messages('a')).toEqual([
      { type: 'connection_ack' },
      { type: 'error', id: '1', payload },
      { type: 'error', id: '2', payload },
    ]);
    expect(graph.aws.closed).toEqual([]);
    expect((await graph.keys()).filter((key) => !key.startsWith('connection#'))).toEqual([]);
  });

  test('with a token that is no string is refused likewise', async () => {
    await graph.services.connections.open('a', { headers: {} }, Date.now());
    await graph.send('a', { type: 'connection_init', payload: { authorization: 1 } });
    await graph.subscribe('a', 's', WRITTEN);
    expect(last('a')).toMatchObject({ type: 'error', id: 's', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('twice closes the connection', async () => {
    await graph.connect('a', testToken('ada'));
    await graph.send('a', { type: 'connection_init' });
    expect(closing('a')).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
  });

  test('after a minute is too late', async () => {
    await graph.services.connections.open('a', { headers: {} }, Date.now());
    graph.ahead = 61_000;
    await graph.send('a', { type: 'connection_init' });
    expect(closing('a').code).toBe(4408);
  });

  test('of a connection that has just ended leaves nothing', async () => {
    graph.aws.gone.add('a');
    await graph.connect('a', testToken('ada'));
    expect((await graph.keys()).filter((key) => key.startsWith('connection#'))).toEqual([]);
  });

  test('is refused for a viewer with the maximum of connections, unless one has ended', async () => {
    await start({ connections: 2 });
    for (const id of ['a', 'b', 'c']) await graph.connect(id, testToken('ada'));
    await graph.subscribe('c', 's', WRITTEN);
    const payload = [
      { message: 'You have the maximum of 2 connections.', extensions: { code: 'TOO_MANY_CONNECTIONS' } },
    ];
    expect(graph.aws.messages('c')).toEqual([{ type: 'connection_ack' }, { type: 'error', id: 's', payload }]);
    await graph.connect('d', testToken('bob'));
    expect(last('d')).toEqual({ type: 'connection_ack' });
    // Its $disconnect was lost.
    await graph.services.connections.remove('a');
    await graph.connect('e', testToken('ada'));
    expect(last('e')).toEqual({ type: 'connection_ack' });
  });
});

describe('an unexpected failure', () => {
  const fail = () => Promise.reject(new Error('secret-table'));
  const payload = [
    { message: 'Internal server error', extensions: expect.objectContaining({ code: 'INTERNAL_SERVER_ERROR' }) },
  ];

  test('of connection_init is acknowledged, and each subscription ends with it', async () => {
    await graph.services.connections.open('a', { headers: {} }, Date.now());
    graph.services.viewers.add = fail;
    await expect(
      graph.send('a', { type: 'connection_init', payload: { authorization: testToken('ada') } }),
    ).rejects.toThrow('secret-table');
    await graph.subscribe('a', 's', WRITTEN);
    expect(graph.aws.messages('a')).toEqual([{ type: 'connection_ack' }, { type: 'error', id: 's', payload }]);
  });

  test('of subscribe is an error of that subscription', async () => {
    await graph.connect('a');
    graph.services.connections.reserve = fail;
    await expect(graph.subscribe('a', 's', WRITTEN)).rejects.toThrow('secret-table');
    expect(last('a')).toEqual({ type: 'error', id: 's', payload });
    expect(graph.aws.closed).toEqual([]);
  });
});

test('a ping is answered, before and after connection_init, and a pong is not', async () => {
  await graph.services.connections.open('a', { headers: {} }, Date.now());
  await graph.send('a', { type: 'ping', payload: { any: 1 } });
  await graph.send('a', { type: 'pong' });
  expect(graph.aws.messages('a')).toEqual([{ type: 'pong' }]);
});

test.each([
  ['not JSON', '{'],
  ['no object', '[]'],
  ['an unknown type', '{"type":"start"}'],
  ['a message of the server', '{"type":"next","id":"1","payload":{}}'],
  ['no type', '{}'],
  ['a payload that is no object', '{"type":"ping","payload":"x"}'],
  ['subscribe without id', '{"type":"subscribe","payload":{"query":"{note}"}}'],
  ['subscribe with an empty id', '{"type":"subscribe","id":"","payload":{"query":"{note}"}}'],
  ['subscribe with a long id', `{"type":"subscribe","id":"${'i'.repeat(129)}","payload":{"query":"{note}"}}`],
  ['subscribe without payload', '{"type":"subscribe","id":"1"}'],
  ['complete without id', '{"type":"complete"}'],
  ['deep nesting', `{"type":"ping","payload":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`],
])('a message that is invalid, %s, closes the connection with 4400', async (_, message) => {
  await graph.connect('a');
  await graph.send('a', message);
  expect(closing('a').code).toBe(4400);
  expect(await graph.keys()).toEqual([]);
});

describe('subscribe', () => {
  test('before connection_init closes the connection', async () => {
    await graph.services.connections.open('a', { headers: {} }, Date.now());
    await graph.subscribe('a', 's', WRITTEN);
    expect(ended('a')).toEqual(['s']);
    expect(closing('a')).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  test('adds a subscription, and tells the client when events reach it', async () => {
    await graph.connect('a');
    await graph.subscribe('a', 's', WRITTEN);
    expect(last('a')).toEqual({ type: 'pong', payload: { subscribed: 's' } });
    expect(await topics()).toEqual(['topic#noteWritten#t a#s']);
  });

  test('with the id of another one closes the connection, after an error for each subscription', async () => {
    await graph.connect('a');
    for (const id of ['s', 't', 's']) await graph.subscribe('a', id, WRITTEN);
    expect(ended('a')).toEqual(['s', 't']);
    expect(closing('a')).toEqual({ code: 4409, reason: 'Subscriber for s already exists' });
    expect(await topics()).toEqual([]);
  });

  test('over the maximum of the connection is an error, until one is completed', async () => {
    await start({ subscriptions: 2 });
    await graph.connect('a');
    for (const id of ['1', '2', '3']) await graph.subscribe('a', id, WRITTEN);
    expect(last('a')).toMatchObject({
      type: 'error',
      id: '3',
      payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', maximum: 2 } }],
    });
    await graph.send('a', { type: 'complete', id: '1' });
    await graph.subscribe('a', '3', WRITTEN);
    expect(await topics()).toEqual(['topic#noteWritten#t a#2', 'topic#noteWritten#t a#3']);
  });

  test.each<[string, object, string | RegExp]>([
    ['a query', { query: '{ note }' }, /A query over a WebSocket is not supported: send it by HTTP/],
    ['a mutation', { query: 'mutation { write }' }, /A mutation over a WebSocket/],
    ['a syntax error', { query: 'subscription {' }, /Syntax Error/],
    ['an unknown field', { query: 'subscription { nothing }' }, /Cannot query field "nothing"/],
    [
      'two fields',
      { query: 'subscription { noteWritten(topic: "a") b: noteWritten(topic: "b") }' },
      /only one top level/,
    ],
    [
      'a missing variable',
      { query: 'subscription ($t: String!) { noteWritten(topic: $t) }' },
      /"\$t" of required type/,
    ],
    [
      'a wrong variable',
      { query: 'subscription ($n: Int) { noteWritten(topic: "t", first: $n) }', variables: { n: 'x' } },
      /got invalid value/,
    ],
    ['a field that the viewer may not see', { query: 'subscription { secretWritten }' }, 'Unauthorized field or type'],
    ['an unknown id', { documentId: 'x' }, /No operation is registered/],
    ['no operation', {}, /has no operation/],
    ['an empty topic', { query: 'subscription { noteWritten(topic: "") }' }, /returned no topic/],
    [
      'a condition that does not hold',
      { query: 'subscription { ... @include(if: false) { noteWritten(topic: "t") } }' },
      /./,
    ],
  ])('to %s is an error, and the connection goes on', async (_, payload, message) => {
    await graph.connect('a');
    await graph.send('a', { type: 'subscribe', id: 's', payload });
    expect(last('a')).toEqual({
      type: 'error',
      id: 's',
      payload: [expect.objectContaining({ message: expect.stringMatching(message), extensions: expect.anything() })],
    });
    expect(graph.aws.closed).toEqual([]);
    expect((await graph.keys()).filter((key) => !key.startsWith('connection#'))).toEqual([]);
    await graph.subscribe('a', 's', WRITTEN);
    expect(await topics()).toEqual(['topic#noteWritten#t a#s']);
  });

  test('checks the right of the viewer of the token', async () => {
    await graph.connect('a', testToken('ada'));
    await graph.subscribe('a', 's', 'subscription { secretWritten }');
    expect(await topics()).toEqual(['topic#secretWritten#ada a#s']);
  });

  test('with an expired token ends with a reason, and the connection is closed', async () => {
    await graph.connect('a', testToken('ada', Math.floor(Date.now() / 1_000) + 60));
    await graph.subscribe('a', 's', WRITTEN);
    graph.ahead = 61_000;
    await graph.subscribe('a', 't', WRITTEN);
    const [s, t, notice] = graph.aws.messages('a').slice(2);
    expect([...[s, t].sort((one, other) => (one.id < other.id ? -1 : 1)), notice]).toMatchObject([
      { type: 'error', id: 's', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
      { type: 'error', id: 't', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
      { type: 'ping', payload: { closing: { code: 4403, reason: 'The token has expired' } } },
    ]);
    expect(graph.aws.closed).toEqual(['a']);
    expect(await topics()).toEqual([]);
  });

  test('with `@defer` is one result', async () => {
    await graph.connect('a');
    await graph.subscribe('a', 's', 'subscription { ... @defer { noteWritten(topic: "t") } }');
    expect(await topics()).toEqual(['topic#noteWritten#t a#s']);
  });
});

describe('complete', () => {
  test('ends a subscription; its id can be used again', async () => {
    await graph.connect('a');
    await graph.subscribe('a', 's', WRITTEN);
    await graph.send('a', { type: 'complete', id: 's' });
    expect(await topics()).toEqual([]);
    await graph.subscribe('a', 's', WRITTEN);
    expect(await topics()).toHaveLength(1);
  });

  test('while the subscription is being started: it is not added, and the client hears nothing of it', async () => {
    await graph.connect('a');
    beforeTopic = () => graph.send('a', { type: 'complete', id: 's' });
    await graph.subscribe('a', 's', WRITTEN);
    expect(await topics()).toEqual([]);
    expect(last('a')).toEqual({ type: 'connection_ack' });
  });

  test('that is handled before its subscribe prevents it, and not a later one', async () => {
    await graph.connect('a');
    const payload = { query: WRITTEN };
    await graph.send('a', { type: 'complete', id: 's' }, 2_000);
    await graph.send('a', { type: 'subscribe', id: 's', payload }, 1_999);
    expect(await topics()).toEqual([]);
    await graph.send('a', { type: 'subscribe', id: 's', payload }, 2_001);
    expect(await topics()).toHaveLength(1);
  });

  test('of unknown ids does not fill the item of the connection', async () => {
    await graph.connect('a');
    for (let id = 0; id < 120; id++) await graph.send('a', { type: 'complete', id: `${id}` });
    const { Item } = await graph.item('connection#a', 'connection');
    expect(Object.keys(Item?.completed).length).toBeLessThanOrEqual(50);
  });
});

describe('a connection that ends', () => {
  test('leaves nothing but the texts of its operations', async () => {
    await graph.connect('a', testToken('ada'));
    for (const id of ['1', '2', '3']) await graph.subscribe('a', id, WRITTEN);
    await graph.services.end.forget('a');
    expect((await graph.keys()).map((key) => key.split('#')[0])).toEqual(['operation', 'viewer']);
    expect((await graph.item('viewer#ada', 'connections')).Item?.connections).toBeUndefined();
  });

  test('while a subscription is being started: it is not added', async () => {
    await graph.connect('a');
    beforeTopic = async () => void (await graph.services.end.forget('a'));
    await graph.subscribe('a', 's', WRITTEN);
    expect(await topics()).toEqual([]);
  });

  test('gets no answer to messages that were on the way', async () => {
    graph.aws.gone.add('a');
    await graph.send('a', { type: 'ping' });
    expect(graph.aws.messages('a')).toEqual([]);
  });
});
