import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { checkedConfig } from './checked-config.ts';

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

test('a configuration that fits is taken as it is', () => {
  expect(checkedConfig(FILE, GOOD)).toEqual(GOOD);
});

test.each<[unknown, RegExp]>([
  [undefined, /: it exports no configuration by default\.$/],
  [
    { ...GOOD, table: { ...GOOD.table, access: { ...access, service: ['Query', 'PutItme'] } } },
    /: table\.access\.service\[1\] is "PutItme"\. Perhaps "PutItem"\? There are GetItem, BatchGetItem, Query, /,
  ],
  [
    { ...GOOD, table: { ...GOOD.table, access: { service: ['dynamodb:Query'], consumers: [] } } },
    /: table\.access\.service\[0\] is "dynamodb:Query"\..*There are .*\n.*: table\.access\.consumers is no setting\. Perhaps "consumer"\? There are service, consumer\./,
  ],
  [{ ...GOOD, memroy: 512 }, /: memroy is no setting\. Perhaps "memory"\? There are table, /],
  [
    { ...GOOD, table: { ...GOOD.table, indexes: [{ name: 'by-owner', partitionkey: 'ownerId' }] } },
    /: table\.indexes\[0\]\.partitionKey is missing\.\n.*table\.indexes\[0\]\.partitionkey is no setting\. Perhaps "partitionKey"\?/,
  ],
  [{ ...GOOD, memory: 64 }, /: memory is 64: .*128/],
  [{ ...GOOD, timeout: '10' }, /: timeout is "10": .*number/],
  [{ ...GOOD, timeout: undefined }, /: timeout is missing\./],
  [{ ...GOOD, table: undefined }, /: table is missing\./],
])('one that does not fit is refused with the file, the value and the nearest right one: %j', (config, message) => {
  expect(() => checkedConfig(FILE, config)).toThrow(message);
  expect(() => checkedConfig(FILE, config)).toThrow(`${FILE}: `);
});
