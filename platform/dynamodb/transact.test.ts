import { LIBRARY } from '../../build/discover.ts';
import { conflict, testTable } from '../../test/test-table.ts';
import { failedConditions, transact } from './transact.ts';

const put = (TableName: string, id: string) => ({
  Put: { TableName, Item: { id }, ConditionExpression: 'attribute_not_exists(id)' },
});

test('a conflicting or throttled transaction is retried', async () => {
  const table = await testTable('members', LIBRARY);
  table.failTransactions('before', conflict('None', 'TransactionConflict'), conflict('ThrottlingError', 'None'));
  await transact(table.client, [put(table.name, 'a'), put(table.name, 'b')]);
  expect((await table.items()).map(({ id }) => id).sort()).toEqual(['a', 'b']);
});

test('a transaction whose response was lost is idempotent', async () => {
  const table = await testTable('members', LIBRARY);
  table.failTransactions('after', conflict('TransactionConflict'));
  await transact(table.client, [put(table.name, 'a')]);
  expect(await table.items()).toEqual([{ id: 'a' }]);
});

test('a failed condition is not retried, and can be identified', async () => {
  const table = await testTable('members', LIBRARY);
  await transact(table.client, [put(table.name, 'a')]);
  const error = await transact(table.client, [put(table.name, 'b'), put(table.name, 'a')]).catch((caught) => caught);
  expect(failedConditions(error)).toEqual([false, true]);
  expect(await table.items()).toEqual([{ id: 'a' }]);
});

test('a transaction fails after too many conflicts', async () => {
  const table = await testTable('members', LIBRARY);
  table.failTransactions('before', ...Array.from({ length: 100 }, () => conflict('TransactionConflict')));
  await expect(transact(table.client, [put(table.name, 'a')])).rejects.toThrow('cancelled');
});
