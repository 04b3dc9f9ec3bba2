import { ApolloServer } from '@apollo/server';
import type { CallWatch } from '../../gateway/engine/call-watch.ts';
import { Engine } from '../../gateway/engine/engine.ts';
import { OperationUsage } from '../../gateway/usage/operation-usage.ts';
import { compose, service } from './gateway.ts';

const users = service('users', 'type Query { me: User } type User @key(fields: "id") { id: ID! }');
const posts = service('posts', 'type User @key(fields: "id") { id: ID! posts: Int }');

test('what subgraphs say of an operation is kept, for each call the fetches that it was for', async () => {
  const usage = new OperationUsage(1);
  const engine = new Engine({
    supergraphSdl: compose([users, posts]),
    showPlans: false,
    watch: ({ usage: watch }: { usage?: CallWatch }) => watch,
    subgraph: (name) => async () => {
      if (name === 'users') return { data: { me: { __typename: 'User', id: '1' } }, extensions: { ftv1: 'trace' } };
      return { data: { _entities: [null] }, errors: [{ message: 'no', path: ['_entities', 0] }] };
    },
  });
  const server = new ApolloServer<{ usage?: CallWatch }>({ gateway: engine });
  await server.start();
  await server.executeOperation({ query: '{ me { posts } }' }, { contextValue: { usage } });
  await server.stop();

  usage.operation = { id: 'abc' };
  usage.failed([
    { path: ['me', 'posts'], extensions: { serviceName: 'posts' } },
    { path: ['me'], extensions: { serviceName: 'users' } },
  ]);
  expect(usage.record({ method: 'POST', clientName: 'web' })).toEqual({
    operation: { id: 'abc' },
    startedAt: expect.any(Number),
    milliseconds: expect.any(Number),
    method: 'POST',
    clientName: 'web',
    weight: 1,
    // The other is in the trace of its subgraph.
    errors: [['me', 'posts']],
    plan: [
      { service: 'users', path: [], level: 0 },
      { service: 'posts', path: ['me'], level: 1 },
    ],
    calls: [
      { ...at, service: 'users', fetches: [0], trace: 'trace' },
      { ...at, service: 'posts', fetches: [1] },
    ],
  });
});

const at = { sentAt: expect.any(Number), sentAfter: expect.any(Number), receivedAt: expect.any(Number) };
