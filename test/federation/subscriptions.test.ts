import { parse } from 'graphql';
import { makeProgram } from '../../gateway/engine/plan/make-program.ts';
import { Planner } from '../../gateway/engine/plan/planner.ts';
import { readSupergraph } from '../../gateway/engine/plan/supergraph.ts';
import { compose, gateway, service } from './gateway.ts';

const SHOP = service(
  'shop',
  'type Query { open: String } type Subscription { sold(id: ID!): Item } type Item @key(fields: "id") { id: ID! }',
);
const STOCK = service(
  'stock',
  'type Query { stock: Int } type Item @key(fields: "id") { id: ID! count: Int maker: Maker } type Maker @key(fields: "id") { id: ID! }',
);
const MAKERS = service('makers', 'type Query { makers: Int } type Maker @key(fields: "id") { id: ID! name: String }');

const model = readSupergraph(compose([SHOP, STOCK, MAKERS]));
const planner = new Planner(model);
const program = (query: string, incremental = false) =>
  makeProgram(parse(query), undefined, model, planner, { incremental });

test('a program begins with the field of the subscription, and joins the rest', () => {
  const { kind, root, fetches } = program('subscription ($id: ID!) { item: sold(id: $id) { count maker { name } } }');
  expect({ kind, root }).toEqual({ kind: 'subscription', root: 'Subscription' });
  expect(fetches.map((each) => [each.service, each.kind, each.after])).toEqual([
    ['shop', 'subscription', []],
    ['stock', 'query', [0]],
    ['makers', 'query', [1]],
  ]);
  expect(fetches[0]?.operation).toMatch(/^subscription/);
  expect(fetches[0]?.keys).toEqual(['sold']);
});

test('a field of one subgraph has one fetch', () => {
  expect(program('subscription { sold(id: 1) { id } }').fetches).toHaveLength(1);
});

test('`@defer` has no effect in a subscription', () => {
  const deferred = program('subscription { sold(id: 1) { id ... @defer { count } } }', true);
  expect(deferred.deferred).toBeUndefined();
  expect(deferred).toEqual(program('subscription { sold(id: 1) { id ... { count } } }'));
});

test('over HTTP, a subscription is refused with a pointer to the WebSocket URL', async () => {
  const http = await gateway([SHOP, STOCK, MAKERS]);
  http.runsTwice = false;
  for (const _ of [1, 2]) {
    expect(await http.execute('subscription { sold(id: 1) { count } }')).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('WebSocket URL'), extensions: { code: 'BAD_REQUEST' } }],
    });
  }
  expect(http.calls).toEqual([]);
});

test('introspection shows the subscriptions', async () => {
  const http = await gateway([SHOP, STOCK, MAKERS]);
  const { data } = await http.execute('{ __schema { subscriptionType { name fields { name } } } }');
  expect(data).toEqual({ __schema: { subscriptionType: { name: 'Subscription', fields: [{ name: 'sold' }] } } });
});
