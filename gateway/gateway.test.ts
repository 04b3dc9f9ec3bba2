import { HEADER_RULES } from './defaults/header-rules.ts';
import { Gateway } from './gateway.ts';
import { limitsFrom } from './limits/limits.ts';
import type { OperationFinder } from './operations/find-operation.ts';
import type { Operation } from './operations/operation.ts';

const REQUEST = {
  method: 'POST',
  path: '/graphql',
  search: '',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"mutation { sell }"}',
};

function gatewayWith(operation: Partial<Operation>): Gateway {
  const sell: Operation = {
    kind: 'mutation',
    facts: undefined,
    usage: () => ({ id: 'sell' }),
    run: async () => ({ data: { sell: 'sold' } }),
    ...operation,
  };
  const operations = { find: async () => sell, flush: async () => undefined } as Partial<OperationFinder>;
  return new Gateway({
    operations: operations as OperationFinder,
    identify: async () => undefined,
    limits: limitsFrom(undefined),
    policies: {},
    headerRules: HEADER_RULES,
    tracedShare: 0,
  });
}

test('a mutation that has run keeps its response when its usage cannot be recorded', async () => {
  const gateway = gatewayWith({
    usage: () => {
      throw new Error('no signature');
    },
  });
  const { status, body } = await gateway.respond(REQUEST, { timeLeft: 1_000 });
  expect({ status, body: JSON.parse(String(body)) }).toEqual({ status: 200, body: { data: { sell: 'sold' } } });
});
