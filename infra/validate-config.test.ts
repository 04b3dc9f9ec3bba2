import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { validateConfig } from './validate-config.ts';

const GOOD: SubgraphConfig = {
  table: {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [{ name: 'by-owner', partitionKey: 'ownerId' }],
    access: { service: ['Query', 'PutItem'], consumer: ['UpdateItem'] },
  },
  consumes: { orders: ['OrderPlaced'] },
  memory: 1024,
  timeout: 10,
};
const FILE = 'subgraphs/things/subgraph.config.ts';
const { access } = GOOD.table;

test('returns a valid configuration unchanged', () => {
  expect(validateConfig(FILE, GOOD)).toEqual(GOOD);
});

test.each<[unknown, RegExp]>([
  [undefined, /: it has no default export\.$/],
  [
    { ...GOOD, table: { ...GOOD.table, access: { ...access, service: ['Query', 'PutItme'] } } },
    /: table\.access\.service\[1\] is "PutItme"\. Perhaps "PutItem"\? Known names: GetItem, BatchGetItem, Query, /,
  ],
  [
    { ...GOOD, table: { ...GOOD.table, access: { service: ['dynamodb:Query'], consumers: [] } } },
    /: table\.access\.service\[0\] is "dynamodb:Query"\..*Known names: .*\n.*: table\.access\.consumers is not a setting\. Perhaps "consumer"\? Known names: service, consumer\./,
  ],
  [{ ...GOOD, memroy: 512 }, /: memroy is not a setting\. Perhaps "memory"\? Known names: table, /],
  [
    { ...GOOD, table: { ...GOOD.table, indexes: [{ name: 'by-owner', partitionkey: 'ownerId' }] } },
    /: table\.indexes\[0\]\.partitionKey is missing\.\n.*table\.indexes\[0\]\.partitionkey is not a setting\. Perhaps "partitionKey"\?/,
  ],
  [{ ...GOOD, memory: 64 }, /: memory is 64: .*128/],
  [{ ...GOOD, timeout: '10' }, /: timeout is "10": .*number/],
  [{ ...GOOD, timeout: undefined }, /: timeout is missing\./],
  [{ ...GOOD, table: undefined }, /: table is missing\./],
])('rejects an invalid configuration with file, value and suggestion: %j', (config, message) => {
  expect(() => validateConfig(FILE, config)).toThrow(message);
  expect(() => validateConfig(FILE, config)).toThrow(`${FILE}: `);
});
