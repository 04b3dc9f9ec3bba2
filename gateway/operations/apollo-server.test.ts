import { parse } from 'graphql';
import { compose, service } from '../../test/federation/gateway.ts';
import { requestWith } from '../../test/gateway-request.ts';
import type { ApolloPlugins } from './apollo-server.ts';
import { CachingPlanner } from './caching-planner.ts';
import { programRunner } from './run-program.ts';

const shop = service('shop', 'type Query { open: String } type Mutation { sell: String }');
let sales = 0;

function plannerWith(plugins: ApolloPlugins): CachingPlanner {
  const send = async () => ({ data: { open: 'yes', sell: `sale ${++sales}` } });
  return new CachingPlanner({
    supergraphSdl: compose([shop]),
    introspection: true,
    plugins,
    run: programRunner({ send: () => send }),
  });
}

function run(planner: CachingPlanner, query: string) {
  const key = { id: query, operationName: undefined };
  return (planner.cached(key) ?? planner.add(key, query, parse(query))).run(requestWith(), '');
}

test('a plugin is called for every request, and its headers are returned', async () => {
  const events: string[] = [];
  const planner = plannerWith([
    {
      requestDidStart: async () => ({
        executionDidStart: async () => void events.push('execution'),
        willSendResponse: async ({ response, contextValue }) => {
          events.push(contextValue.request.requestId ? 'response' : 'no request');
          response.http.headers.set('x-plugin', 'here');
        },
      }),
    },
  ]);
  for (const _ of [1, 2]) {
    const { data, headers } = await run(planner, '{ open }');
    expect(data).toEqual({ open: 'yes' });
    expect(Object.fromEntries(headers ?? [])).toEqual({ 'x-plugin': 'here' });
  }
  expect(events).toEqual(['execution', 'response', 'execution', 'response']);
});

test('the result of a mutation is returned although a plugin fails', async () => {
  const planner = plannerWith([
    {
      requestDidStart: async () => ({
        willSendResponse: () => Promise.reject(new Error('boom')),
      }),
    },
  ]);
  const before = sales;
  expect(await run(planner, 'mutation { sell }')).toMatchObject({ data: { sell: `sale ${before + 1}` } });
  expect(sales).toBe(before + 1);
});
