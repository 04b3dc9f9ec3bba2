import type { Context as LambdaContext } from 'aws-lambda';
import type { DomainEvent } from '../events/domain-event.ts';
import { badInput } from './bad-input.ts';
import type { SubgraphRequest, SubgraphResponse } from './envelope.ts';
import { forbidden } from './forbidden.ts';
import type { RequestContext } from './subgraph.ts';
import { subgraphHandler } from './subgraph-handler.ts';

const typeDefs = `
  type Query { lamp: Lamp }
  type Subscription { lampSwitched(id: ID!, room: String = "hall"): Lamp mustSwitch: Lamp! }
  type Lamp { id: ID! isOn: Boolean seenBy: String }`;

const source = {
  events: ['LampSwitched'],
  topic: 'entityId',
  subscribe: async ({ id, room }: { id: string; room: string }, { viewer }: RequestContext) => {
    if (id === '') throw badInput('id must not be empty.');
    if (id === 'broken') throw new Error('the table is called secret-table');
    if (!viewer) throw forbidden('Only for members.');
    return `${room}/${id}`;
  },
  rootValue: async ({ entityId, data }: DomainEvent<string, { isOn?: boolean }>) => {
    if (data.isOn === undefined) throw new Error('the table is called secret-table');
    return { id: entityId, isOn: data.isOn };
  },
} as const;

const handler = subgraphHandler({
  typeDefs,
  resolvers: { Lamp: { seenBy: (_: unknown, __: unknown, { viewer }: RequestContext) => viewer?.id ?? null } },
  subscriptions: { lampSwitched: source, mustSwitch: { ...source, rootValue: () => null } },
  context: (request) => request,
});

const EVENT: DomainEvent = {
  id: 'e1',
  type: 'LampSwitched',
  source: 'lamps',
  entityId: 'l1',
  version: 2,
  time: '2026-05-01T12:00:00Z',
  requestId: 'r',
  data: { isOn: true },
};
const SWITCHED = 'subscription ($id: ID!) { lampSwitched(id: $id) { id isOn seenBy } }';

async function send(request: Partial<SubgraphRequest>): Promise<SubgraphResponse> {
  const envelope = { query: SWITCHED, variables: { id: 'l1' }, requestId: 'r', traceparent: '', deadline: Infinity };
  const viewer = { id: 'ada', groups: [], scopes: [] };
  return (await handler({ ...envelope, viewer, ...request }, {} as LambdaContext)) as SubgraphResponse;
}
const start = (more: Partial<SubgraphRequest> = {}) => send({ subscription: { kind: 'start' }, ...more });
const onEvent = (more: Partial<SubgraphRequest> = {}, data: unknown = EVENT.data) =>
  send({ subscription: { kind: 'event', event: { ...EVENT, data } }, ...more });

describe('a start', () => {
  test('returns the topic of the coerced arguments, and executes nothing', async () => {
    expect(await start()).toEqual({ data: null, extensions: { topic: 'hall/l1' } });
    expect(await start({ wantsTrace: true })).toEqual({ data: null, extensions: { topic: 'hall/l1' } });
  });

  test.each<[string, Partial<SubgraphRequest>, object]>([
    [
      'a viewer without the right',
      { viewer: { id: '', groups: [], scopes: [] }, variables: { id: '' } },
      { message: 'id must not be empty.', path: ['lampSwitched'], extensions: { code: 'BAD_USER_INPUT' } },
    ],
    ['a variable that is not valid', { variables: { id: [] } }, { extensions: { code: 'BAD_USER_INPUT' } }],
    ['a missing variable', { variables: {} }, { extensions: { code: 'BAD_USER_INPUT' } }],
    ['an unknown field', { query: 'subscription { nothing }' }, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    ['a query', { query: '{ lamp { id } }' }, { extensions: { code: 'BAD_REQUEST' } }],
  ])('with %s is rejected', async (_, request, error) => {
    const { data, errors, extensions } = await start(request);
    expect({ data: data ?? null, extensions }).toEqual({ data: null, extensions: undefined });
    expect(errors).toMatchObject([error]);
  });

  test('for nobody is forbidden', async () => {
    const request = { query: SWITCHED, variables: { id: 'l1' }, requestId: 'r', traceparent: '', deadline: Infinity };
    const answer = await handler({ ...request, subscription: { kind: 'start' } }, {} as LambdaContext);
    expect(answer).toMatchObject({ errors: [{ message: 'Only for members.', extensions: { code: 'FORBIDDEN' } }] });
  });

  test('masks an unexpected error', async () => {
    const response = await start({ variables: { id: 'broken' } });
    expect(response.errors).toMatchObject([
      { message: 'Internal server error', extensions: { errorId: expect.any(String) } },
    ]);
    expect(JSON.stringify(response)).not.toContain('secret-table');
  });
});

describe('an event', () => {
  test('is the root value, and other fields are resolved for the viewer', async () => {
    expect(await onEvent()).toEqual({ data: { lampSwitched: { id: 'l1', isOn: true, seenBy: 'ada' } } });
  });

  test('has its value at the alias of the field', async () => {
    const query = 'subscription { lamp: lampSwitched(id: "l1") { isOn } }';
    expect(await onEvent({ query, variables: {} })).toEqual({ data: { lamp: { isOn: true } } });
  });

  test('with an unexpected error has null, and the error is masked', async () => {
    expect(await onEvent({}, {})).toMatchObject({
      data: { lampSwitched: null },
      errors: [{ message: 'Internal server error', path: ['lampSwitched'] }],
    });
  });

  test('with null for a non-null field has no data', async () => {
    const query = 'subscription { mustSwitch { id } }';
    expect(await onEvent({ query, variables: {} })).toMatchObject({ data: null, errors: [{ path: ['mustSwitch'] }] });
  });
});

test('a subscription that is sent like a query is rejected', async () => {
  expect(await send({})).toMatchObject({
    data: { lampSwitched: null },
    errors: [{ message: expect.stringContaining('WebSocket URL'), extensions: { code: 'BAD_REQUEST' } }],
  });
});

test('a field without a source is an error at the start of the function', () => {
  const build = () => subgraphHandler({ typeDefs, resolvers: {}, context: (request) => request });
  expect(build).toThrow('Subscription.lampSwitched has no source in subscriptions.ts');
});
