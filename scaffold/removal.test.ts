import { LIBRARY } from '../build/discover.ts';
import { planRemoval } from './removal.ts';

test('taking a service away shows what clients lose, and who depends on it', async () => {
  const operations = [{ client: 'web', id: '1', name: 'Popular', body: '{ book(id: "b1") { loanCount } }' }];
  const { goes, references, operations: broken, errors } = await planRemoval('popularity', operations, LIBRARY);
  expect(goes).toContain("Field 'loanCount' was removed from object type 'Book'");
  expect(references).toEqual([]);
  expect(broken).toMatchObject([{ client: 'web', operation: 'Popular' }]);
  expect(errors).toEqual([]);
});

test('a service that others build on is told of with all that hang on it', async () => {
  const { references, consumers } = await planRemoval('books', [], LIBRARY);
  expect(references).toContain('popularity: Book');
  expect(consumers).toContain('subgraphs/loans/copy-books.ts');
  const { importers } = await planRemoval('loans', [], LIBRARY);
  expect(importers).toContain('graph/test/one-book.test.ts');
});

test('a graph that would not compose says why', async () => {
  const { errors } = await planRemoval('books', [], LIBRARY);
  expect(errors[0]).toMatchObject({ level: 'error', message: expect.stringContaining('loans') });
});

test('a name that is none is refused, with the one that was meant', async () => {
  await expect(planRemoval('book', [], LIBRARY)).rejects.toThrow(/no subgraph "book"\. Perhaps "books"\?/);
});
