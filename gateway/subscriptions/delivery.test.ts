import { GraphQLError } from 'graphql';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import { LiveGraph, type LiveGraphOptions, testToken } from '../../test/live-graph.ts';

const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@composeDirective"])
  @link(url: "https://specs.test/cacheControl/v1.0", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: CacheControlScope) on FIELD_DEFINITION | OBJECT
  enum CacheControlScope { PUBLIC PRIVATE }`;

/** State of the parcels by id, which tests change. */
const parcels = new Map<string, { id: string; place: string; driver: string; owner: string; note: string }>();
let isPeopleDown = false;
let parcelFailure: Error | undefined;

const parcel = (id: string) => {
  if (parcelFailure) throw parcelFailure;
  return parcels.get(id) ?? null;
};

const OPTIONS: LiveGraphOptions = {
  fields: {
    parcelMoved: { subgraph: 'parcels', events: ['ParcelMoved'], topic: 'entityId' },
    parcelsOf: { subgraph: 'parcels', events: ['ParcelMoved'], topic: ['data.owner', 'data.driver'] },
    boardChanged: { subgraph: 'parcels', events: ['ParcelMoved'], topic: 'data.board' },
  },
  subgraphs: {
    parcels: {
      typeDefs: `${LINK}
        type Query { parcel(id: ID!): Parcel }
        type Subscription {
          parcelMoved(id: ID!): Parcel
          parcelsOf(owner: ID!): Parcel
          boardChanged(board: ID!): Board @cacheControl(maxAge: 10)
        }
        type Parcel @key(fields: "id") { id: ID! place: String! note: String! driver: Person }
        type Board @cacheControl(maxAge: 10) { place: String! viewer: String }
        type Person @key(fields: "id") { id: ID! }`,
      resolvers: {
        Parcel: {
          __resolveReference: ({ id }: { id: string }) => parcel(id),
          driver: ({ driver }: { driver: string }) => ({ id: driver }),
        },
        Board: { viewer: (_: unknown, __: unknown, { viewer }: RequestContext) => viewer?.id ?? null },
      },
      subscriptions: {
        parcelMoved: {
          events: ['ParcelMoved'],
          topic: 'entityId',
          subscribe: ({ id }: { id: string }) => id,
          rootValue: (event: DomainEvent, { viewer }: RequestContext) => {
            const found = parcel(event.entityId);
            if (found && found.owner !== 'all' && found.owner !== viewer?.id)
              throw new GraphQLError('It is not yours any more.', { extensions: { code: 'FORBIDDEN' } });
            return found;
          },
        },
        parcelsOf: {
          events: ['ParcelMoved'],
          topic: ['data.owner', 'data.driver'],
          subscribe: ({ owner }: { owner: string }) => owner,
          rootValue: ({ entityId }: DomainEvent) => parcel(entityId),
        },
        boardChanged: {
          events: ['ParcelMoved'],
          topic: 'data.board',
          subscribe: ({ board }: { board: string }) => board,
          rootValue: ({ entityId }: DomainEvent) => parcel(entityId),
        },
      },
    },
    people: {
      typeDefs: `${LINK} type Query { person: Person } type Person @key(fields: "id") { id: ID! name: String secret: String @authenticated }`,
      resolvers: {
        Person: {
          __resolveReference: ({ id }: { id: string }) => {
            if (isPeopleDown) throw new Error('the table is gone');
            return { id, name: `Name of ${id}`, secret: 'x' };
          },
        },
      },
    },
  },
};

const MOVED = 'subscription ($id: ID!) { parcelMoved(id: $id) { place driver { name } } }';
const BOARD = 'subscription { boardChanged(board: "north") { place viewer } }';

let graph: LiveGraph;
let events = 0;
beforeEach(async () => {
  graph = await LiveGraph.start(OPTIONS);
  parcels.clear();
  isPeopleDown = false;
  parcelFailure = undefined;
});
afterEach(() => graph.close());

/** Moves a parcel to a place, and returns the event. */
function moved(id: string, version: number, more: Partial<DomainEvent> & { owner?: string; note?: string } = {}) {
  const { owner = 'all', note = '', ...envelope } = more;
  parcels.set(id, { id, place: `place ${version}`, driver: 'dan', owner, note });
  const event: DomainEvent = {
    id: `e${events++}`,
    type: 'ParcelMoved',
    source: 'parcels',
    entityId: id,
    version,
    time: new Date(Date.now() + 1_000).toISOString(),
    requestId: 'cause',
    data: { owner, driver: 'dan', board: 'north' },
  };
  return { ...event, ...envelope };
}

async function subscriber(connection: string, query = MOVED, variables: object = { id: 'p1' }, token?: string) {
  await graph.connect(connection, token);
  await graph.subscribe(connection, 's', query, variables);
}

test('an event is executed by its subgraph, joined with others, and posted with the facts of the event', async () => {
  await subscriber('a');
  const event = moved('p1', 3);
  await graph.publish(event);
  expect(await graph.deliver()).toBe(0);
  expect(graph.aws.messages('a')).toEqual([
    { type: 'connection_ack' },
    { type: 'pong', payload: { subscribed: 's' } },
    {
      id: 's',
      type: 'next',
      payload: {
        data: { parcelMoved: { place: 'place 3', driver: { name: 'Name of dan' } } },
        extensions: { event: { id: event.id, entityId: 'p1', version: 3, time: event.time } },
      },
    },
  ]);
});

test('without a subscriber of the topic nothing is queued', async () => {
  await subscriber('a');
  await graph.publish(moved('p2', 1));
  await graph.publish(moved('p1', 1, { type: 'ParcelLost' }));
  await graph.publish(moved('p1', 1, { source: 'other' }));
  expect(graph.aws.queue).toEqual([]);
});

test('an event has a topic for each path, but one message for the same topic', async () => {
  await subscriber('owner', 'subscription { parcelsOf(owner: "olga") { place } }');
  await subscriber('driver', 'subscription { parcelsOf(owner: "dan") { place } }');
  await graph.publish(moved('p1', 1, { owner: 'olga' }));
  await graph.publish(moved('p1', 2, { owner: 'dan' }));
  expect(graph.aws.queue).toHaveLength(3);
  await graph.deliver();
  expect(graph.results('owner', 's')).toHaveLength(1);
  expect(graph.results('driver', 's')).toHaveLength(2);
});

test('repeated and late events are delivered once, in the order of their versions', async () => {
  await subscriber('a');
  const [first, second, third] = [moved('p1', 1), moved('p1', 2), moved('p1', 3)];
  for (const event of [first, third, second]) await graph.publish(event);
  const again = [...graph.aws.queue];
  expect(await graph.deliver()).toBe(0);
  graph.aws.queue.push(...again);
  expect(await graph.deliver()).toBe(0);
  expect(graph.results('a', 's').map(({ extensions }) => extensions.event.version)).toEqual([1, 3]);
});

test('versions are those of each entity of a topic', async () => {
  await subscriber('a', 'subscription { parcelsOf(owner: "olga") { place } }');
  for (const id of ['p1', 'p2', 'p1', 'p2']) await graph.publish(moved(id, 1, { owner: 'olga' }));
  await graph.deliver();
  expect(graph.results('a', 's').map(({ extensions }) => extensions.event.entityId)).toEqual(['p1', 'p2']);
});

test('an event that is older than the subscription is not delivered', async () => {
  await subscriber('a');
  await graph.publish(moved('p1', 1, { time: new Date(Date.now() - 60_000).toISOString() }));
  await graph.deliver();
  expect(graph.results('a', 's')).toEqual([]);
});

test('subscribers with the same operation, variables and rights share one run', async () => {
  for (const name of ['a1', 'a2']) await subscriber(name, MOVED, { id: 'p1' }, testToken('ada'));
  await subscriber('b', MOVED, { id: 'p1' }, testToken('bob'));
  await subscriber('other', 'subscription { parcelMoved(id: "p1") { place } }');
  graph.steps.length = 0;
  await graph.publish(moved('p1', 1));
  await graph.deliver();
  expect(graph.steps.map(({ viewer }) => viewer?.id).sort()).toEqual(['ada', 'bob', undefined]);
  for (const name of ['a1', 'a2', 'b', 'other']) expect(graph.results(name, 's')).toHaveLength(1);
});

test('a result that is the same for everybody runs once for all, without a viewer', async () => {
  await subscriber('a', BOARD, {}, testToken('ada'));
  await subscriber('b', BOARD, {}, testToken('bob'));
  graph.steps.length = 0;
  await graph.publish(moved('p1', 1));
  await graph.deliver();
  expect(graph.steps).toHaveLength(1);
  expect(graph.results('a', 's')).toMatchObject([{ data: { boardChanged: { place: 'place 1', viewer: null } } }]);
  expect(graph.results('b', 's')).toEqual(graph.results('a', 's'));
});

test('a connection that has ended is forgotten with all of its subscriptions', async () => {
  await subscriber('a', MOVED, { id: 'p1' }, testToken('ada'));
  await graph.subscribe('a', 't', BOARD);
  await subscriber('b');
  graph.aws.gone.add('a');
  await graph.publish(moved('p1', 1));
  expect(await graph.deliver()).toBe(0);
  expect(graph.results('b', 's')).toHaveLength(1);
  const keys = await graph.keys();
  expect(keys.filter((key) => key.includes('a#') || key.includes('#a '))).toEqual([]);
});

test('after a failed post the message is repeated, for subscribers that do not have it', async () => {
  await subscriber('a');
  await subscriber('b');
  graph.aws.statuses.set('b', [500, 500, 500]);
  await graph.publish(moved('p1', 1));
  await graph.publish(moved('p1', 2));
  expect(await graph.deliver()).toBe(2);
  expect(graph.results('b', 's')).toEqual([]);
  // Both: none of a topic is delivered while the queue hides another.
  expect([...graph.aws.released.values()]).toEqual([1, 1]);
  expect(await graph.deliver(2)).toBe(0);
  for (const name of ['a', 'b'])
    expect(graph.results(name, 's').map(({ extensions }) => extensions.event.version)).toEqual([1, 2]);
});

test('a connection that fails at every attempt is closed, and does not delay other subscribers', async () => {
  await subscriber('a');
  await subscriber('b');
  graph.aws.statuses.set('b', Array(20).fill(500));
  await graph.publish(moved('p1', 1));
  expect(await graph.deliver(1)).toBe(1);
  expect(await graph.deliver(2)).toBe(1);
  expect([...graph.aws.released.values()]).toEqual([2]);
  expect(await graph.deliver(3)).toBe(0);
  expect(graph.results('a', 's')).toHaveLength(1);
  expect(graph.aws.closed).toEqual(['b']);
});

test('without the permission to post, the message is repeated and no connection is closed', async () => {
  await subscriber('a');
  graph.aws.statuses.set('a', [403, 403]);
  await graph.publish(moved('p1', 1));
  expect(await graph.deliver(3)).toBe(1);
  expect(await graph.deliver(4)).toBe(1);
  expect(await graph.deliver(5)).toBe(0);
  expect(graph.aws.closed).toEqual([]);
  expect(graph.results('a', 's')).toHaveLength(1);
});

test('a connection that does not respond does not delay the others', async () => {
  await subscriber('a');
  await subscriber('z');
  graph.aws.statuses.set('a', [0]);
  await graph.publish(moved('p1', 1));
  const delivering = graph.deliver();
  await until(() => graph.results('z', 's').length === 1);
  expect(graph.results('a', 's')).toEqual([]);
  expect(await delivering).toBe(1);
  expect(await graph.deliver(2)).toBe(0);
  expect(graph.results('a', 's')).toHaveLength(1);
});

/** Waits for a condition. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a delivery without time is interrupted, and continues at once', async () => {
  await subscriber('a');
  await graph.publish(moved('p1', 1));
  await graph.publish(moved('p1', 2));
  graph.timeLeft = 1_000;
  expect(await graph.deliver()).toBe(2);
  expect([...graph.aws.released]).toEqual([
    ['0', 0],
    ['1', 0],
  ]);
  graph.timeLeft = 60_000;
  expect(await graph.deliver(2)).toBe(0);
  expect(graph.results('a', 's').map(({ extensions }) => extensions.event.version)).toEqual([1, 2]);
});

test('ten events of a large topic are delivered by several functions, in order', async () => {
  await subscriber('a');
  const versions = Array.from({ length: 10 }, (_, index) => index + 1);
  for (const version of versions) await graph.publish(moved('p1', version));
  graph.onStep = () => {
    graph.timeLeft -= 25_000;
  };
  const remaining: number[] = [];
  while (remaining.at(-1) !== 0) {
    graph.timeLeft = 60_000;
    remaining.push(await graph.deliver(remaining.length + 1));
  }
  expect(remaining).toEqual([7, 4, 1, 0]);
  expect(graph.results('a', 's').map(({ extensions }) => extensions.event.version)).toEqual(versions);
});

test('a function that is killed in the middle repeats only the posts without a recorded version', async () => {
  for (const name of ['a', 'b', 'c']) await subscriber(name);
  await graph.publish(moved('p1', 1));
  const killed = [...graph.aws.queue];
  // Nothing after the post to "b" is recorded.
  const { subscriptions } = graph.services;
  const setDelivered = subscriptions.setDelivered.bind(subscriptions);
  subscriptions.setDelivered = async (topic, each, last) =>
    each.connectionId === 'b' ? new Promise(() => {}) : setDelivered(topic, each, last);
  void graph.deliver();
  await until(() => ['a', 'b', 'c'].every((name) => graph.results(name, 's').length === 1));
  subscriptions.setDelivered = setDelivered;
  await eventuallyRecorded(['a', 'c']);
  graph.aws.queue.push(...killed);
  expect(await graph.deliver(2)).toBe(0);
  expect(['a', 'b', 'c'].map((name) => graph.results(name, 's').length)).toEqual([1, 2, 1]);
});

async function eventuallyRecorded(names: string[]): Promise<void> {
  for (;;) {
    const recorded: string[] = [];
    for await (const page of graph.services.subscriptions.pages({ field: 'parcelMoved', topic: 'p1' }))
      recorded.push(...page.filter(({ delivered }) => delivered.length > 0).map(({ connectionId }) => connectionId));
    if (names.every((name) => recorded.includes(name))) return;
  }
}

test('an expired token ends the subscriptions with a reason, and closes the connection', async () => {
  await subscriber('a', MOVED, { id: 'p1' }, testToken('ada', Math.floor(Date.now() / 1_000) + 60));
  await graph.subscribe('a', 't', BOARD);
  graph.ahead = 61_000;
  await graph.publish(moved('p1', 1, { time: new Date(Date.now() + 62_000).toISOString() }));
  expect(await graph.deliver()).toBe(0);
  const reason = [{ message: expect.stringContaining('expired'), extensions: { code: 'UNAUTHENTICATED' } }];
  expect(graph.aws.messages('a').slice(3)).toEqual(
    expect.arrayContaining([
      { type: 'error', id: 's', payload: reason },
      { type: 'error', id: 't', payload: reason },
      { type: 'ping', payload: { closing: { code: 4403, reason: 'The token has expired' } } },
    ]),
  );
  expect(graph.results('a', 's')).toEqual([]);
  expect(graph.aws.closed).toContain('a');
  expect((await graph.keys()).filter((key) => key.startsWith('topic#'))).toEqual([]);
});

test('a viewer who loses the right to the field gets an error, and the subscription ends', async () => {
  await subscriber('a', MOVED, { id: 'p1' }, testToken('ada'));
  await graph.publish(moved('p1', 1, { owner: 'ada' }));
  await graph.deliver();
  await graph.publish(moved('p1', 2, { owner: 'bob' }));
  await graph.deliver();
  expect(graph.results('a', 's')).toHaveLength(1);
  expect(graph.aws.messages('a').at(-1)).toMatchObject({
    type: 'error',
    id: 's',
    payload: [{ message: 'It is not yours any more.', extensions: { code: 'FORBIDDEN' } }],
  });
  await graph.publish(moved('p1', 3, { owner: 'ada' }));
  expect(graph.aws.queue).toEqual([]);
  // The id is free again.
  await graph.subscribe('a', 's', MOVED, { id: 'p1' });
  expect(graph.aws.messages('a').at(-1)).toEqual({ type: 'pong', payload: { subscribed: 's' } });
});

test('fields of a subgraph that is down are null with an error, and all others have their data', async () => {
  await subscriber('a');
  isPeopleDown = true;
  await graph.publish(moved('p1', 1));
  await graph.deliver();
  expect(graph.results('a', 's')).toMatchObject([
    {
      data: { parcelMoved: { place: 'place 1', driver: { name: null } } },
      errors: [{ path: ['parcelMoved', 'driver'], message: 'Internal server error' }],
    },
  ]);
});

test('an unexpected error of the subgraph is masked, and the subscription goes on', async () => {
  await subscriber('a');
  parcelFailure = new Error('secret-table');
  await graph.publish(moved('p1', 1));
  await graph.deliver();
  parcelFailure = undefined;
  await graph.publish(moved('p1', 2));
  await graph.deliver();
  const [failed, next] = graph.results('a', 's');
  expect(failed).toMatchObject({ data: { parcelMoved: null }, errors: [{ message: 'Internal server error' }] });
  expect(JSON.stringify(failed)).not.toContain('secret-table');
  expect(next.data.parcelMoved.place).toBe('place 2');
});

test('a result that is too large for a message is replaced by an error', async () => {
  await subscriber('a', 'subscription { parcelMoved(id: "p1") { note } }');
  await graph.publish(moved('p1', 1, { note: 'ü'.repeat(65_000) }));
  await graph.publish(moved('p1', 2, { note: 'ü'.repeat(60_000) }));
  await graph.deliver();
  // The second event has replaced the note of the first.
  expect(graph.results('a', 's')).toHaveLength(2);
  parcels.clear();
  await graph.publish(moved('p1', 3, { note: 'ü'.repeat(66_000) }));
  await graph.deliver();
  expect(graph.results('a', 's')[2]).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'RESPONSE_TOO_LARGE', maximum: 131_072 } }],
    extensions: { event: { version: 3 } },
  });
});

test('withheld fields are null with an error, as in queries', async () => {
  const query = 'subscription { parcelMoved(id: "p1") { driver { secret } } }';
  await subscriber('anonymous', query);
  await subscriber('a', query, {}, testToken('ada'));
  await graph.publish(moved('p1', 1));
  await graph.deliver();
  expect(graph.results('a', 's')).toMatchObject([{ data: { parcelMoved: { driver: { secret: 'x' } } } }]);
  expect(graph.results('anonymous', 's')).toMatchObject([
    {
      data: { parcelMoved: { driver: { secret: null } } },
      errors: [{ path: ['parcelMoved', 'driver', 'secret'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
    },
  ]);
});

test('versions are recorded although DynamoDB throttles the writes of a large topic', async () => {
  await subscriber('a');
  const failures = Array(6).fill('ThrottlingException');
  graph.client.middlewareStack.add(
    (next, context) => (args) => {
      const name = context.commandName === 'UpdateItemCommand' ? failures.shift() : undefined;
      return name ? Promise.reject(Object.assign(new Error('busy'), { name })) : next(args);
    },
    { step: 'initialize', priority: 'high' },
  );
  await graph.publish(moved('p1', 1));
  const again = [...graph.aws.queue];
  expect(await graph.deliver()).toBe(0);
  expect(failures).toEqual([]);
  graph.aws.queue.push(...again);
  await graph.deliver();
  expect(graph.results('a', 's')).toHaveLength(1);
});

test('all subscribers of several pages get the event once', async () => {
  const topic = { field: 'boardChanged', topic: 'north' };
  const now = Date.now();
  const textHash = await graph.services.subscriptions.saveText(BOARD, now);
  const names = Array.from({ length: 1_100 }, (_, index) => `c${index}`);
  await Promise.all(
    names.map((connectionId) =>
      graph.services.subscriptions.add(
        topic,
        {
          connectionId,
          id: 's',
          operation: { textHash, variables: {} },
          client: { headers: {} },
          startedAt: now,
          isShared: true,
          delivered: [],
        },
        now,
      ),
    ),
  );
  await graph.publish(moved('p1', 1));
  // On a busy machine: this process also answers the posts.
  graph.patience = 20;
  expect(await graph.deliver()).toBe(0);
  expect(graph.steps).toHaveLength(1);
  expect(names.filter((name) => graph.results(name, 's').length !== 1)).toEqual([]);
});
