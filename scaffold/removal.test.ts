import { LIBRARY } from '../build/discover.ts';
import { planRemoval } from './removal.ts';

test('planning a removal lists lost fields, references and broken operations', async () => {
  const operations = [{ client: 'web', id: '1', name: 'Popular', body: '{ book(id: "b1") { loanCount } }' }];
  const { lost, references, operations: broken, errors } = await planRemoval('popularity', operations, LIBRARY);
  expect(lost).toContain("Field 'loanCount' was removed from object type 'Book'");
  expect(references).toEqual([]);
  expect(broken).toMatchObject([{ client: 'web', operation: 'Popular' }]);
  expect(errors).toEqual([]);
});

test('planning a removal lists the services and files that depend on the service', async () => {
  const { references, consumers } = await planRemoval('books', [], LIBRARY);
  expect(references).toContain('popularity: Book');
  expect(consumers).toContain('subgraphs/loans/copy-books.ts');
  const { importers } = await planRemoval('loans', [], LIBRARY);
  expect(importers).toContain('graph/test/one-book.test.ts');
});

test('planning a removal reports composition errors of the remaining graph', async () => {
  const { errors } = await planRemoval('books', [], LIBRARY);
  expect(errors[0]).toMatchObject({ level: 'error', message: expect.stringContaining('loans') });
});

test('rejects an unknown name with a suggestion', async () => {
  await expect(planRemoval('book', [], LIBRARY)).rejects.toThrow(/no subgraph "book"\. Perhaps "books"\?/);
});
