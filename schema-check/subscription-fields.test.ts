import { type DeclaredSource, subscriptionProblems } from './subscription-fields.ts';

const SDL = `type Query { order: ID }
type Subscription {
  "An order after its changes."
  orderChanged(id: ID!): ID
}
extend type Subscription { ordersOf(customer: ID!): ID }`;

const EVENT_TEXTS = { OrderPlaced: ['entityId', 'data.customerId'], OrderSent: ['entityId', 'data.carrier.name'] };
const GOOD: Record<string, DeclaredSource> = {
  orderChanged: { events: ['OrderPlaced', 'OrderSent'], topic: 'entityId' },
  ordersOf: { events: ['OrderPlaced', 'OrderSent'], topic: ['data.customerId', 'data.carrier.name'] },
};

function problems(sources: Record<string, DeclaredSource> | undefined) {
  const subgraph = { name: 'orders', sdl: SDL, file: 'subgraphs/orders/schema.graphql' };
  return subscriptionProblems(subgraph, { sources, eventTexts: EVENT_TEXTS });
}

test('fields with sources have no problems', () => {
  expect(problems(GOOD)).toEqual([]);
});

test('each field without a source is an error at its line', () => {
  expect(problems(undefined)).toEqual([
    {
      level: 'error',
      rule: 'subscription-source',
      subgraph: 'orders',
      message: 'Subscription.orderChanged has no source.',
      places: [{ file: 'subgraphs/orders/schema.graphql', line: 4 }],
      hint: 'Add an entry "orderChanged" to `subscriptions` in subgraphs/orders/subscriptions.ts.',
    },
    expect.objectContaining({ message: 'Subscription.ordersOf has no source.' }),
  ]);
});

test.each<[string, Record<string, DeclaredSource>, string]>([
  [
    'an entry without a field',
    { ordersFrom: { events: ['OrderSent'], topic: 'entityId' } },
    'The entry "ordersFrom" matches no field of Subscription in subgraphs/orders/schema.graphql.',
  ],
  [
    'an unknown event',
    { orderChanged: { events: ['OrderLost'], topic: 'entityId' } },
    '"orderChanged": this service\'s events.ts has no event "OrderLost". It has OrderPlaced, OrderSent.',
  ],
  ['no events', { orderChanged: { events: [], topic: 'entityId' } }, '"orderChanged" has no events.'],
  [
    'a topic that no event has',
    { orderChanged: { events: ['OrderPlaced'], topic: 'data.customer' } },
    '"orderChanged": the topic "data.customer" is no text in OrderPlaced.',
  ],
  [
    'an event without a topic',
    { ordersOf: { events: ['OrderPlaced', 'OrderSent'], topic: 'data.customerId' } },
    '"ordersOf": the event "OrderSent" has no text at data.customerId.',
  ],
])('%s is an error', (_, change, message) => {
  expect(problems({ ...GOOD, ...change })).toEqual([
    expect.objectContaining({
      level: 'error',
      message,
      places: [{ file: 'subgraphs/orders/subscriptions.ts', line: 1 }],
    }),
  ]);
});
