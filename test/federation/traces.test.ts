import { parse } from 'graphql';
import type { ExecutionContext } from '../../gateway/engine/run/execution.ts';
import { CachingPlanner } from '../../gateway/operations/caching-planner.ts';
import { programRunner } from '../../gateway/operations/run-program.ts';
import { OperationUsage } from '../../gateway/telemetry/usage/operation-usage.ts';
import { requestWith } from '../gateway-request.ts';
import { compose, service } from './gateway.ts';

const users = service('users', 'type Query { me: User } type User @key(fields: "id") { id: ID! }');
const posts = service('posts', 'type User @key(fields: "id") { id: ID! posts: Int }');

test('usage records the trace of each subgraph call, with its fetches of the plan', async () => {
  const usage = new OperationUsage(1);
  const supergraphSdl = compose([users, posts]);
  const send: ExecutionContext['send'] = async (name) => {
    if (name === 'users') return { data: { me: { __typename: 'User', id: '1' } }, extensions: { ftv1: 'trace' } };
    return { data: { _entities: [null] }, errors: [{ message: 'no', path: ['_entities', 0] }] };
  };
  const planner = new CachingPlanner({
    supergraphSdl,
    introspection: false,
    run: programRunner({ send: () => send }),
  });
  const query = '{ me { posts } }';
  const request = { ...requestWith(), usage };
  await planner.add({ id: 'x', operationName: undefined }, query, parse(query)).run(request, '');

  usage.found({ id: 'abc' }, { hash: undefined, query: undefined });
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
    errors: [
      { path: ['me', 'posts'], service: 'posts' },
      { path: ['me'], service: 'users' },
    ],
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
