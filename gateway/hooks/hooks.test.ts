import { GraphQLError } from 'graphql';
import { compose, inProcess, type Service, service } from '../../test/federation/gateway.ts';
import { standaloneGateway } from '../standalone/standalone-gateway.ts';
import { SubgraphUnavailable } from '../subgraphs/transports/subgraph-response.ts';
import type { SubgraphCall, Transport } from '../subgraphs/transports/transport.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import type { GatewayHooks } from './hooks.ts';
import { tenantHeader } from './tenant-header.ts';

const books = service('books', 'type Query { book: String } type Mutation { sell: String }', {
  Query: { book: () => 'Emma' },
  Mutation: { sell: () => 'sold' },
});
const shops = service('shops', 'type Query { shop: String }', { Query: { shop: () => 'Strand' } });

async function gatewayWith(hooks: GatewayHooks, transport: (service: Service) => Transport = inProcess) {
  const calls: SubgraphCall[] = [];
  const services = [books, shops];
  const respond = await standaloneGateway({
    supergraphSdl: compose(services),
    hooks,
    transportFor: (address) => {
      const send = transport(services.find(({ name }) => address === `http://${name}.test`) ?? books);
      return (call, limit) => {
        calls.push(call);
        return send(call, limit);
      };
    },
  });
  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const {
      status,
      headers: returned,
      body,
    } = await respond({
      method: 'POST',
      path: '/graphql',
      search: '',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return { status, headers: returned, ...JSON.parse(String(body)) };
  };
  return { ask, calls };
}

test('each hook is called once per request, for new and for cached operations', async () => {
  const events: string[] = [];
  const { ask } = await gatewayWith({
    onRequest: ({ parameters }) => void events.push(`request ${parameters?.query}`),
    onOperation: ({ kind }) => void events.push(`operation ${kind}`),
    onSubgraphRequest: ({ subgraph }, send) => {
      events.push(`subgraph ${subgraph}`);
      return send();
    },
    onAnswer: (response) => {
      events.push(`response ${response.status}`);
      response.headers['x-served-by'] = 'test';
    },
  });
  for (const _ of ['new', 'cached']) {
    events.length = 0;
    expect(await ask('{ book }')).toMatchObject({ data: { book: 'Emma' }, headers: { 'x-served-by': 'test' } });
    expect(events).toEqual(['request { book }', 'operation query', 'subgraph books', 'response 200']);
  }
});

test('a hook can reject a request with its own status, and nothing runs', async () => {
  const refuse = () => {
    throw new GraphQLError('Closed on Sundays.', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
  };
  for (const hooks of [{ onRequest: refuse }, { onOperation: refuse }]) {
    const { ask, calls } = await gatewayWith(hooks);
    expect(await ask('{ book }')).toMatchObject({ status: 403, errors: [{ message: 'Closed on Sundays.' }] });
    expect(calls).toEqual([]);
  }
});

test('a response is sent although onAnswer fails', async () => {
  const { ask } = await gatewayWith({
    onAnswer: () => {
      throw new Error('boom');
    },
  });
  expect(await ask('mutation { sell }')).toMatchObject({ status: 200, data: { sell: 'sold' } });
});

test('the tenant is sent to subgraphs; a request without one is rejected', async () => {
  const { ask, calls } = await gatewayWith(tenantHeader(new Set(['acme'])));
  expect(await ask('{ book }', { host: 'acme.api.example.com' })).toMatchObject({ data: { book: 'Emma' } });
  expect(calls[0]?.caller.forwarded).toEqual({ 'x-tenant': 'acme' });
  expect(await ask('{ book }', { host: 'api.example.com' })).toMatchObject({ status: 404 });
});

test('an open circuit stops calls to a failing subgraph only, and closes later', async () => {
  let time = 0;
  let isDown = true;
  const { ask, calls } = await gatewayWith(
    circuitBreaker({ subgraph: 'books', failures: 2, openFor: 1_000, now: () => time }),
    (of) => (call, limit) =>
      of.name === 'books' && isDown ? Promise.reject(new SubgraphUnavailable('down')) : inProcess(of)(call, limit),
  );
  const callsOfBooks = () => calls.filter(({ operation }) => operation.members.includes('book')).length;
  const query = '{ book shop }';
  for (const _ of [1, 2, 3]) {
    expect(await ask(query)).toMatchObject({
      data: { book: null, shop: 'Strand' },
      errors: [{ path: ['book'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
  }
  expect(callsOfBooks()).toBe(2);
  time = 1_000;
  isDown = false;
  expect(await ask(query)).toMatchObject({ data: { book: 'Emma', shop: 'Strand' } });
});
