import { parse } from 'graphql';
import { compose, service } from '../../test/federation/gateway.ts';
import { requestWith } from '../../test/gateway-request.ts';
import type { ApolloPlugins } from './apollo-server.ts';
import { PlannedOnDemand } from './planned-on-demand.ts';
import { programRunner } from './run-program.ts';

const shop = service('shop', 'type Query { open: String } type Mutation { sell: String }');
let sales = 0;

function plannerWith(plugins: ApolloPlugins): PlannedOnDemand {
  const send = async () => ({ data: { open: 'yes', sell: `sale ${++sales}` } });
  return new PlannedOnDemand({
    supergraphSdl: compose([shop]),
    introspection: true,
    plugins,
    run: programRunner({ send: () => send }),
  });
}

function ask(planner: PlannedOnDemand, query: string) {
  const key = { id: query, operationName: undefined };
  return (planner.kept(key) ?? planner.add(key, query, parse(query))).run(requestWith(), '');
}

test('a plugin is called for every run, and its headers are returned', async () => {
  const heard: string[] = [];
  const planner = plannerWith([
    {
      requestDidStart: async () => ({
        executionDidStart: async () => void heard.push('execution'),
        willSendResponse: async ({ response, contextValue }) => {
          heard.push(contextValue.request.requestId ? 'answer' : 'no request');
          response.http.headers.set('x-plugin', 'here');
        },
      }),
    },
  ]);
  for (const _ of [1, 2]) {
    const { data, headers } = await ask(planner, '{ open }');
    expect(data).toEqual({ open: 'yes' });
    expect(Object.fromEntries(headers ?? [])).toEqual({ 'x-plugin': 'here' });
  }
  expect(heard).toEqual(['execution', 'answer', 'execution', 'answer']);
});

test('a plugin that fails after a mutation takes neither its effect nor its answer away', async () => {
  const planner = plannerWith([
    {
      requestDidStart: async () => ({
        willSendResponse: () => Promise.reject(new Error('boom')),
      }),
    },
  ]);
  const before = sales;
  expect(await ask(planner, 'mutation { sell }')).toMatchObject({ data: { sell: `sale ${before + 1}` } });
  expect(sales).toBe(before + 1);
});
