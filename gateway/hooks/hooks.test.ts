import { GraphQLError } from 'graphql';
import { compose, inProcess, type Service, service } from '../../test/federation/gateway.ts';
import { standaloneGateway } from '../standalone/standalone-gateway.ts';
import { SubgraphDown } from '../subgraphs/transports/answer.ts';
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
    return { status, headers: returned, ...JSON.parse(body) };
  };
  return { ask, calls };
}

test('each hook is called once a request, when the operation is new and when it is known', async () => {
  const heard: string[] = [];
  const { ask } = await gatewayWith({
    onRequest: ({ parameters }) => void heard.push(`request ${parameters?.query}`),
    onOperation: ({ kind }) => void heard.push(`operation ${kind}`),
    onSubgraphRequest: ({ subgraph }, send) => {
      heard.push(`subgraph ${subgraph}`);
      return send();
    },
    onAnswer: (answer) => {
      heard.push(`answer ${answer.status}`);
      answer.headers['x-served-by'] = 'test';
    },
  });
  for (const _ of ['new', 'known']) {
    heard.length = 0;
    expect(await ask('{ book }')).toMatchObject({ data: { book: 'Emma' }, headers: { 'x-served-by': 'test' } });
    expect(heard).toEqual(['request { book }', 'operation query', 'subgraph books', 'answer 200']);
  }
});

test('a hook refuses a request with a status of its own, and nothing runs', async () => {
  const refuse = () => {
    throw new GraphQLError('Closed on Sundays.', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
  };
  for (const hooks of [{ onRequest: refuse }, { onOperation: refuse }]) {
    const { ask, calls } = await gatewayWith(hooks);
    expect(await ask('{ book }')).toMatchObject({ status: 403, errors: [{ message: 'Closed on Sundays.' }] });
    expect(calls).toEqual([]);
  }
});

test('a mutation that has run keeps its answer when onAnswer fails', async () => {
  const { ask } = await gatewayWith({
    onAnswer: () => {
      throw new Error('boom');
    },
  });
  expect(await ask('mutation { sell }')).toMatchObject({ status: 200, data: { sell: 'sold' } });
});

test('a tenant’s name goes to subgraphs; a request without one is refused', async () => {
  const { ask, calls } = await gatewayWith(tenantHeader(new Set(['acme'])));
  expect(await ask('{ book }', { host: 'acme.api.example.com' })).toMatchObject({ data: { book: 'Emma' } });
  expect(calls[0]?.caller.forwarded).toEqual({ 'x-tenant': 'acme' });
  expect(await ask('{ book }', { host: 'api.example.com' })).toMatchObject({ status: 404 });
});

test('a subgraph that keeps failing is left alone for a while, then tried again; the others answer', async () => {
  let time = 0;
  let isDown = true;
  const { ask, calls } = await gatewayWith(
    circuitBreaker({ subgraph: 'books', failures: 2, openFor: 1_000, now: () => time }),
    (of) => (call, limit) =>
      of.name === 'books' && isDown ? Promise.reject(new SubgraphDown('down')) : inProcess(of)(call, limit),
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
