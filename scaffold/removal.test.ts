import { planRemoval } from './removal.ts';

test('taking a service away shows what clients lose, and who depends on it', async () => {
  const operations = [{ client: 'web', id: '1', name: 'MyReview', body: '{ review(id: "r1") { text } }' }];
  const { goes, references, operations: broken, errors } = await planRemoval('reviews', operations);
  expect(goes).toContain("Field 'overallRating' was removed from object type 'Listing'");
  expect(references).toEqual([]);
  expect(broken).toMatchObject([{ client: 'web', operation: 'MyReview' }]);
  expect(errors).toEqual([]);
});

test('a service that others build on is told of with all that hang on it', async () => {
  const { references, consumers, importers } = await planRemoval('bookings', []);
  expect(references).toContain('reviews: Booking');
  expect(consumers).toContain('subgraphs/reviews/keep-stays.ts');
  expect(importers).toContain('sample/test/published-events.ts');
});

test('a graph that would not compose says why', async () => {
  const { errors } = await planRemoval('accounts', []);
  expect(errors[0]).toMatchObject({ level: 'error', message: expect.stringContaining('analytics') });
});

test('a name that is none is refused, with the one that was meant', async () => {
  await expect(planRemoval('review', [])).rejects.toThrow(/no subgraph "review"\. Perhaps "reviews"\?/);
});
