import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { LIBRARY } from '../build/discover.ts';
import { Deployments, tableOf } from '../test/deployments.ts';
import { declaredTables } from './declared-tables.ts';
import { type DeclaredTable, tableProblems } from './table-check.ts';

let aws: Deployments;
beforeAll(async () => {
  aws = await Deployments.start();
  const schema = {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/shop/dev/schemas/orders/1', Type: 'String', Value: 'x' },
  };
  await aws.deploy('shop-dev-orders', { Resources: { Table: tableOf('shop-dev-orders', ['a']), Schema: schema } });
});
afterAll(() => aws?.remove());

const index = (name: string, partitionKey = name) => ({ name: `by-${name}`, partitionKey });

function problems(config: Partial<DeclaredTable['config']>, more: Partial<DeclaredTable> = {}): Promise<string[]> {
  const clients = { dynamoDb: new DynamoDBClient(aws.system.awsAccess), ssm: new SSMClient(aws.system.awsAccess) };
  const table = {
    subgraph: 'orders',
    tableName: 'shop-dev-orders',
    schemaParameter: '/shop/dev/schemas/orders/1',
    config: { partitionKey: 'id', access: { service: [] }, ...config },
    ...more,
  };
  return tableProblems([table], clients);
}

test('an unchanged table, a new index and a new service have no problems', async () => {
  expect(await problems({ indexes: [index('a')] })).toEqual([]);
  expect(await problems({ indexes: [index('a'), index('b')] })).toEqual([]);
  const added = { tableName: 'shop-dev-carts', schemaParameter: '/shop/dev/schemas/carts/1' };
  expect(await problems({}, added)).toEqual([]);
});

test('two indexes at once: names them, and says to deploy one at a time', async () => {
  expect(await problems({ indexes: [index('b')] })).toEqual([
    'orders: one update creates by-b, deletes by-a, but DynamoDB creates or deletes one index per update. Deploy them one after the other.',
  ]);
});

test('a changed key of the table or of an index', async () => {
  expect(await problems({ sortKey: 'at', indexes: [index('a')] })).toEqual([
    expect.stringContaining('the key of table shop-dev-orders changes from (id) to (id, at)'),
  ]);
  expect(await problems({ indexes: [index('a', 'other')] })).toEqual([
    'orders: the key of index by-a changes. Declare an index with another name, deploy, then remove by-a.',
  ]);
});

test('a renamed table leaves its data behind', async () => {
  expect(await problems({}, { tableName: 'shop-dev-renamed' })).toEqual([
    expect.stringContaining('the table is renamed to shop-dev-renamed. CloudFormation would create a new, empty table'),
  ]);
});

test('a table that a removed stack left', async () => {
  const client = new DynamoDBClient(aws.system.awsAccess);
  const { KeySchema, AttributeDefinitions } = tableOf('x').Properties;
  const create = { TableName: 'shop-dev-left', KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' };
  await client.send(new CreateTableCommand(create as never));
  const left = { tableName: 'shop-dev-left', schemaParameter: '/shop/dev/schemas/left/1' };
  expect(await problems({}, left)).toEqual([expect.stringContaining('Import it into the stack with "cdk import"')]);
});

test('the declared tables are those of the subgraphs’ configurations', async () => {
  expect(await declaredTables('dev', ['books'], LIBRARY)).toEqual([
    expect.objectContaining({ tableName: 'library-dev-books', schemaParameter: '/library/dev/schemas/books/1' }),
  ]);
});
