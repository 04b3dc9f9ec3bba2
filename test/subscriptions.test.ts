import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import WebSocket from 'ws';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { LIBRARY } from '../build/discover.ts';
import { registeredOperations } from '../build/operations/registered.ts';
import { EventTraffic } from './event-traffic.ts';
import { eventually } from './eventually.ts';
import { Library, PREFIX } from './library.ts';
import { LiveClients } from './live-clients.ts';
import { descendants, workingDirectoryOf } from './processes.ts';

/** Subscriptions through the whole local run, by the libraries that clients use. */

const BOOK_CHANGED = 'subscription ($id: ID!) { bookChanged(id: $id) { title isOffered isAvailable } }';
const LOANS_OF_BOOK = 'subscription ($id: ID!) { loansOfBook(bookId: $id) { status book { title } } }';
const LOAN_CHANGED = 'subscription ($id: ID!) { loanChanged(id: $id) { status } }';
const TAKE_BACK = 'mutation ($id: ID!) { takeBackBook(id: $id) { __typename } }';

let library: Library;
let clients: LiveClients;
let traffic: EventTraffic;
let owner: string;
let reader: string;
beforeAll(async () => {
  library = await Library.start();
  clients = new LiveClients(library.system);
  traffic = new EventTraffic(library.system);
  owner = await library.system.token('owner@library.example');
  reader = await library.system.token('reader@library.example');
}, 120_000);
afterAll(() => library.close());

const takeBack = (id: string) => library.system.ask(TAKE_BACK, { id }, owner);

/** Returns an event of a book that follows its offer. */
function bookEvent(bookId: string, version: number, more: Partial<DomainEvent> = {}): DomainEvent {
  const data = { bookId, ownerId: 'o', title: 'The Waves', pages: 1, isOffered: true };
  const identity = { id: randomUUID(), entityId: bookId, version, requestId: 'test', time: new Date().toISOString() };
  return { ...identity, type: 'BookOffered', source: 'books', data, ...more };
}

const versionsOf = (results: { extensions: { event: { version: number } } }[]) =>
  results.map(({ extensions }) => extensions.event.version);

/** Returns the keys of the gateway's items with a prefix. */
async function keys(prefix: string): Promise<string[]> {
  const items = await traffic.items('gateway-connections');
  return items.map(({ pk }) => String(pk)).filter((key) => key.startsWith(prefix));
}

/** Waits for a text in the log of a function. */
async function logged(service: string, text: string): Promise<void> {
  const isLogged = (line: string) => line.startsWith(`${PREFIX}${service} `) && line.includes(text);
  await eventually(async () => expect(library.system.logs.some(isLogged)).toBe(true));
}

const FAILING = { codeDirectory: join(import.meta.dirname, 'functions'), handler: 'behaviour.fail' };

/** Runs a function while only registered operations can be followed. */
async function withSafelist(run: () => Promise<void>): Promise<void> {
  const { environment } =
    library.system.system.model.functions.find(({ name }) => name === `${PREFIX}gateway-connections`) ?? {};
  await library.system.withFunction('gateway-connections', { environment: { ...environment, SAFELIST: 'only' } }, run);
}

/** Changes an item of a service's table. */
function change(service: string, Key: object, UpdateExpression: string, values: Record<string, unknown>) {
  const { client, name } = traffic.table(service);
  const ExpressionAttributeValues = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`:${key}`, value]),
  );
  return client.send(new UpdateCommand({ TableName: name, Key, UpdateExpression, ExpressionAttributeValues }));
}

describe('a change', () => {
  test('reaches the clients that follow it, with the data of all services', async () => {
    const [book, other] = [await library.offer(owner), await library.offer(owner)];
    const first = await clients.follow({ query: BOOK_CHANGED, variables: { id: book } });
    const second = await clients.follow({ query: BOOK_CHANGED, variables: { id: book } }, reader);
    const unrelated = await clients.follow({ query: BOOK_CHANGED, variables: { id: other } });
    await takeBack(book);
    const bookChanged = { title: 'The Waves', isOffered: false, isAvailable: expect.any(Boolean) };
    for (const { results } of [first, second]) {
      await eventually(async () => expect(results).toHaveLength(1));
      expect(results[0]).toMatchObject({ data: { bookChanged }, extensions: { event: { entityId: book } } });
    }
    expect(unrelated.results).toEqual([]);
  }, 60_000);

  test('that is private reaches its viewer, and an ended subscription gets nothing', async () => {
    const book = await library.offer(owner);
    const operation = { query: LOANS_OF_BOOK, variables: { id: book } };
    const own = await clients.follow(operation, reader);
    const ended = await clients.follow(operation, reader);
    const foreign = await clients.follow(operation, owner);
    ended.end();
    expect(await library.borrow(book, reader)).toMatchObject({ __typename: 'Loan' });
    await eventually(async () => expect(own.results).toHaveLength(1));
    expect(own.results[0].data).toEqual({ loansOfBook: { status: 'OUT', book: { title: 'The Waves' } } });
    await eventually(async () => expect(foreign.results).toMatchObject([{ data: { loansOfBook: null } }]));
    expect(ended.results).toEqual([]);
  }, 60_000);

  test('reaches Apollo Client, by its link for graphql-ws', async () => {
    const book = await library.offer(owner);
    const client = clients.client();
    let isStarted = false;
    client.on('pong', () => {
      isStarted = true;
    });
    const apollo = new ApolloClient({ link: new GraphQLWsLink(client), cache: new InMemoryCache() });
    const results: unknown[] = [];
    const subscription = apollo
      .subscribe({ query: gql(BOOK_CHANGED), variables: { id: book } })
      .subscribe(({ data, error }) => results.push(error ?? data));
    await eventually(async () => expect(isStarted).toBe(true));
    await takeBack(book);
    await eventually(async () => expect(results).toMatchObject([{ bookChanged: { isOffered: false } }]));
    const failing = apollo.subscribe({ query: gql('subscription { bookChanged(id: "none") { title } }') });
    const failure = await new Promise((resolve) => failing.subscribe(({ error }) => resolve(error)));
    expect(failure).toMatchObject({ errors: [{ message: 'There is no book with this id.' }] });
    subscription.unsubscribe();
    apollo.stop();
  }, 60_000);

  test('reaches the clients of a contract, whose fields alone they can follow', async () => {
    const book = await library.offer(owner);
    const client = clients.client({ url: `${clients.url}?contract=public` });
    const followed = clients.subscribe(client, { query: BOOK_CHANGED, variables: { id: book } });
    await eventually(async () => expect(followed.isStarted).toBe(true));
    await takeBack(book);
    await eventually(async () =>
      expect(followed.results).toMatchObject([{ data: { bookChanged: { isOffered: false } } }]),
    );
    const hidden = clients.subscribe(client, { query: LOANS_OF_BOOK, variables: { id: book } });
    await eventually(async () =>
      expect(hidden.error).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]),
    );
  }, 60_000);

  test('reaches registered operations by id and by text, and no others can be followed under a safelist', async () => {
    const book = await library.offer(owner);
    const { id = '', body = '' } = registeredOperations(LIBRARY).find(({ name }) => name === 'BookChanged') ?? {};
    await withSafelist(async () => {
      const variables = { id: book };
      const followed = [
        await clients.follow({ query: '', documentId: id, variables }),
        await clients.follow({ query: body, variables }),
      ];
      const unknown = clients.subscribe(clients.client(), { query: BOOK_CHANGED, variables });
      await eventually(async () =>
        expect(unknown.error).toMatchObject([{ extensions: { code: 'QUERY_NOT_IN_SAFELIST' } }]),
      );
      await takeBack(book);
      for (const { results } of followed)
        await eventually(async () => expect(results).toMatchObject([{ data: { bookChanged: { isOffered: false } } }]));
    });
  }, 60_000);
});

describe('events', () => {
  test('twice and out of order reach a client once, and never go back', async () => {
    const book = await library.offer(owner);
    const { results } = await clients.follow({ query: BOOK_CHANGED, variables: { id: book } });
    const fifth = bookEvent(book, 5);
    await traffic.put([fifth]);
    await eventually(async () => expect(versionsOf(results)).toEqual([5]));
    const [third, again] = [bookEvent(book, 3), { ...fifth, id: randomUUID() }];
    await traffic.put([third, fifth, again]);
    for (const { id } of [third, again]) await logged('gateway-delivery', id);
    await traffic.put([bookEvent(book, 6)]);
    await eventually(async () => expect(versionsOf(results)).toContain(6));
    expect(versionsOf(results)).toEqual([5, 6]);
  }, 60_000);

  test('older than the subscription do not reach it', async () => {
    const book = await library.offer(owner);
    const { results } = await clients.follow({ query: BOOK_CHANGED, variables: { id: book } });
    await traffic.put([bookEvent(book, 5, { time: new Date(Date.now() - 60_000).toISOString() })]);
    await traffic.put([bookEvent(book, 6)]);
    await eventually(async () => expect(versionsOf(results)).toContain(6));
    expect(versionsOf(results)).toEqual([6]);
  }, 60_000);

  test('while a service is down have errors for its fields, and other subscriptions all of their data', async () => {
    const book = await library.offer(owner);
    const joined = await clients.follow({ query: BOOK_CHANGED, variables: { id: book } });
    const others = await clients.follow({
      query: 'subscription ($id: ID!) { bookChanged(id: $id) { title } }',
      variables: { id: book },
    });
    await library.system.withFunction('loans', FAILING, async () => {
      await traffic.put([bookEvent(book, 5)]);
      await eventually(async () => expect([...joined.results, ...others.results]).toHaveLength(2));
    });
    expect(joined.results).toMatchObject([
      {
        data: { bookChanged: { title: 'The Waves', isAvailable: null } },
        errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'loans' } }],
      },
    ]);
    expect(others.results[0]).toEqual({ data: { bookChanged: { title: 'The Waves' } }, extensions: expect.anything() });
    await traffic.put([bookEvent(book, 6)]);
    await eventually(async () => expect(joined.results[1]?.data.bookChanged.isAvailable).toEqual(expect.any(Boolean)));
  }, 60_000);
});

describe('a client', () => {
  test('that does not offer the subprotocol, or names an unknown contract, is refused', async () => {
    const refusal = (url: string, protocols: string[]) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, protocols);
        socket.on('error', () => {});
        socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
        socket.on('open', () => resolve('open'));
      });
    expect(await refusal(clients.url, [])).toBe(400);
    expect(await refusal(clients.url, ['graphql-ws'])).toBe(400);
    expect(await refusal(`${clients.url}?contract=none`, ['graphql-transport-ws'])).toBe(400);
  });

  test('with a token that is not valid gets the reason for each subscription, and does not connect again', async () => {
    let connections = 0;
    const client = clients.client({ token: 'a.b.c', on: { connecting: () => connections++ } });
    const operation = { query: BOOK_CHANGED, variables: { id: 'b' } };
    const followed = [clients.subscribe(client, operation), clients.subscribe(client, operation)];
    const reason = [{ message: 'The token is not valid. Sign in again.', extensions: { code: 'UNAUTHENTICATED' } }];
    for (const each of followed) await eventually(async () => expect(each.error).toEqual(reason));
    expect(connections).toBe(1);
  });

  test('whose token expires while it is subscribed gets the reason, and does not connect again', async () => {
    const book = await library.offer(owner);
    let connections = 0;
    const client = clients.client({ token: reader, on: { connecting: () => connections++ } });
    const operation = { query: BOOK_CHANGED, variables: { id: book } };
    const followed = clients.subscribe(client, operation);
    await eventually(async () => expect(followed.isStarted).toBe(true));
    const pk = `topic#bookChanged#${book}`;
    const item = (await traffic.items('gateway-connections')).find((each) => each.pk === pk);
    await change('gateway-connections', { pk, sk: item?.sk }, 'SET tokenExpiresAt = :past', { past: 1 });
    await traffic.put([bookEvent(book, 5)]);
    await eventually(async () => expect(followed.error).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]));
    expect(followed.results).toEqual([]);
    await eventually(async () => expect(await keys(pk)).toEqual([]));
    expect(connections).toBe(1);
  }, 60_000);

  test('who loses the right to what it follows gets an error, and its subscription ends', async () => {
    const book = await library.offer(owner);
    const { id } = await library.borrow(book, reader);
    const denied = clients.subscribe(clients.client({ token: owner }), { query: LOAN_CHANGED, variables: { id } });
    await eventually(async () => expect(denied.error).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]));
    const followed = await clients.follow({ query: LOAN_CHANGED, variables: { id } }, reader);
    const { pk, sk } = (await traffic.items('loans')).find((each) => each.id === id) ?? {};
    await change('loans', { pk, ...(sk !== undefined && { sk }) }, 'SET memberId = :other', { other: 'other' });
    const data = { loanId: id, bookId: book, memberId: 'other', dueOn: '2030-01-01' };
    await traffic.put([bookEvent(id, 9, { type: 'LoanEnded', source: 'loans', data })]);
    await eventually(async () => expect(followed.error).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]));
    expect(followed.results).toEqual([]);
    await eventually(async () => expect(await keys(`topic#loanChanged#${id}`)).toEqual([]));
  }, 60_000);
});

describe('the server ends a connection with a notice of the code, after an error for each subscription', () => {
  const SUBSCRIBE = { type: 'subscribe', id: 'again' };

  test.each<[number, string, string | object]>([
    [4400, 'a message is not valid', '{"type":"hello"}'],
    [4409, 'an id is taken', { ...SUBSCRIBE, payload: { query: '{ a }' } }],
    [4429, 'connection_init comes twice', { type: 'connection_init' }],
  ])('%s: %s', async (code, _, message) => {
    const book = await library.offer(owner);
    const socket = await (await clients.socket()).initialise();
    await socket.subscribe('again', { query: BOOK_CHANGED, variables: { id: book } });
    socket.send(message);
    await eventually(async () => expect(socket.closedWith).toBe(1000));
    const closing = { code, reason: expect.any(String) };
    expect(socket.messages.slice(2)).toEqual([
      {
        type: 'error',
        id: 'again',
        payload: [expect.objectContaining({ extensions: { code: 'CONNECTION_CLOSED', closing: code } })],
      },
      { type: 'ping', payload: { closing } },
    ]);
    expect(await keys(`topic#bookChanged#${book}`)).toEqual([]);
  });

  test('4401: subscribe before connection_init', async () => {
    const socket = await clients.socket();
    socket.send({ ...SUBSCRIBE, payload: { query: BOOK_CHANGED } });
    await eventually(async () => expect(socket.closedWith).toBe(1000));
    const closing = { code: 4401, reason: 'Unauthorized' };
    expect(socket.messages).toMatchObject([
      { type: 'error', id: 'again' },
      { type: 'ping', payload: { closing } },
    ]);
  });

  test('4403: the token has expired', async () => {
    const before = new Set(await keys('connection#'));
    const socket = await (await clients.socket()).initialise();
    const [pk] = (await keys('connection#')).filter((key) => !before.has(key));
    await change('gateway-connections', { pk, sk: 'connection' }, 'SET admission.tokenExpiresAt = :past', { past: 1 });
    socket.send({ ...SUBSCRIBE, payload: { query: BOOK_CHANGED } });
    await eventually(async () => expect(socket.closedWith).toBe(1000));
    expect(socket.messages.slice(1)).toMatchObject([
      { type: 'error', id: 'again', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
      { type: 'ping', payload: { closing: { code: 4403, reason: 'The token has expired' } } },
    ]);
  });

  test('4408: connection_init comes too late', async () => {
    const before = new Set(await keys('connection#'));
    const socket = await clients.socket();
    const [pk] = (await keys('connection#')).filter((key) => !before.has(key));
    const expiresAt = Math.floor(Date.now() / 1_000) - 1;
    await change('gateway-connections', { pk, sk: 'connection' }, 'SET expiresAt = :expiresAt', { expiresAt });
    socket.send({ type: 'connection_init' });
    await eventually(async () => expect(socket.closedWith).toBe(1000));
    expect(socket.messages).toMatchObject([{ type: 'ping', payload: { closing: { code: 4408 } } }]);
  });

  test('1009 by API Gateway: a frame is too large', async () => {
    const socket = await (await clients.socket()).initialise();
    socket.send({ type: 'ping', payload: { text: 'x'.repeat(33_000) } });
    await eventually(async () => expect(socket.closedWith).toBe(1009));
  });

  test('a client of graphql-ws does not connect again', async () => {
    const sockets: WebSocket[] = [];
    const client = clients.client({ on: { opened: (socket) => sockets.push(socket as WebSocket) } });
    const book = await library.offer(owner);
    const followed = clients.subscribe(client, { query: BOOK_CHANGED, variables: { id: book } });
    await eventually(async () => expect(followed.isStarted).toBe(true));
    sockets[0]?.send('{}');
    await eventually(async () => expect(followed.error).toMatchObject([{ extensions: { closing: 4400 } }]));
    await eventually(async () => expect(sockets[0]?.readyState).toBe(WebSocket.CLOSED));
    expect(sockets).toHaveLength(1);
  });
});

describe('connections that are gone', () => {
  test('are forgotten with the next event, if their end was not heard of', async () => {
    const book = await library.offer(owner);
    const socket = await (await clients.socket()).initialise();
    await socket.subscribe('s', { query: BOOK_CHANGED, variables: { id: book } });
    const topic = `topic#bookChanged#${book}`;
    expect(await keys(topic)).toHaveLength(1);
    await library.system.withFunction('gateway-connections', FAILING, async () => {
      socket.terminate();
      await logged('gateway-connections', 'the reason');
    });
    expect(await keys(topic)).toHaveLength(1);
    await traffic.put([bookEvent(book, 5)]);
    await eventually(async () => expect(await keys(topic)).toEqual([]));
  }, 60_000);
});

describe('a delivery that is killed in the middle', () => {
  const SOCKETS = 4;
  const EACH = 50;
  /** Posts in flight, whose versions may not be recorded. */
  const MAX_REPEATED = 100;

  test('reaches every subscription, and only those twice whose version was not recorded yet', async () => {
    const queue = library.system.system.model.queues.find(({ name }) => name === `${PREFIX}gateway-delivery.fifo`);
    Object.assign(queue ?? {}, { visibilityTimeout: 10_000 });
    const book = await library.offer(owner);
    const got = new Map<string, number[]>();
    let kill = () => {};
    for (let i = 0; i < SOCKETS; i++) {
      const socket = await (await clients.socket()).initialise();
      for (let j = 0; j < EACH; j++) await socket.subscribe(`${j}`, { query: BOOK_CHANGED, variables: { id: book } });
      socket.onMessage = ({ type, id, payload }) => {
        if (type !== 'next') return;
        kill();
        got.set(`${i} ${id}`, [...(got.get(`${i} ${id}`) ?? []), payload.extensions.event.version]);
      };
    }
    let killedAt: number | undefined;
    kill = () => {
      if (killedAt === undefined && killDeliveries()) killedAt = got.size;
    };
    await traffic.put([bookEvent(book, 5)]);
    await eventually(async () => expect(got.size).toBe(SOCKETS * EACH));
    kill = () => {};
    await traffic.put([bookEvent(book, 6)]);
    await eventually(async () =>
      expect([...got.values()].filter((versions) => versions.includes(6))).toHaveLength(got.size),
    );
    expect(killedAt).toBeLessThan(SOCKETS * EACH);
    const repeated = [...got.values()].filter((versions) => versions.length > 2);
    expect(repeated.filter((versions) => String(versions) !== '5,5,6')).toEqual([]);
    expect(repeated.length).toBeLessThanOrEqual(MAX_REPEATED);
  }, 120_000);

  /** Kills the processes of the delivery function; returns whether there were any. */
  function killDeliveries(): boolean {
    const isDelivery = (pid: number) => basename(workingDirectoryOf(pid)) === 'gateway-delivery';
    const victims = descendants(process.pid).filter(isDelivery);
    for (const pid of victims) process.kill(pid, 'SIGKILL');
    return victims.length > 0;
  }
});

test('when all clients have gone, nothing is stored of them but texts of operations', async () => {
  await clients.close();
  await eventually(async () => {
    const items = await traffic.items('gateway-connections');
    const left = items.filter(
      ({ pk, connections }) =>
        !String(pk).startsWith('operation#') && !(String(pk).startsWith('viewer#') && !connections),
    );
    expect(left).toEqual([]);
  });
}, 60_000);
