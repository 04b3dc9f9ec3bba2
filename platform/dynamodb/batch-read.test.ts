import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { LIBRARY } from '../../build/discover.ts';
import { testTable } from '../../test/test-table.ts';
import { batchGet } from './batch-read.ts';

test('reads more items than fit in one call, and omits missing ones', async () => {
  const { client, name } = await testTable('members', LIBRARY);
  const ids = Array.from({ length: 120 }, (_, i) => `u${i}`);
  await Promise.all(ids.map((id) => client.send(new PutCommand({ TableName: name, Item: { id } }))));
  const found = await batchGet(
    client,
    name,
    [...ids, 'nobody'].map((id) => ({ id })),
  );
  expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test('an impossible key is omitted without affecting other keys', async () => {
  const { client, name } = await testTable('members', LIBRARY);
  await client.send(new PutCommand({ TableName: name, Item: { id: 'ada' } }));
  const found = await batchGet(
    client,
    name,
    ['', 'x'.repeat(3_000), 'ada'].map((id) => ({ id })),
  );
  expect(found).toEqual([{ id: 'ada' }]);
});
