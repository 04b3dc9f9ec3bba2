import { join } from 'node:path';
import type { FunctionDefinition } from '../local/lambda/function-definition.ts';
import { Operator } from '../operator/connection.ts';
import { TestSystem } from './system.ts';

/** What a client gets while a service misbehaves, and the moment after. */

const LISTING = {
  id: '1001',
  hostId: '2001',
  title: 'Loft by the river',
  description: 'High windows.',
  roomType: 'ENTIRE_HOME',
  borough: 'Brooklyn',
  neighbourhood: 'Williamsburg',
  location: { latitude: 40.71, longitude: -73.96 },
  nightlyPrice: { amount: 14_900, currency: 'USD' },
  minimumNights: 2,
  listedAt: '2026-05-01T09:30:00Z',
};
const QUERY = '{ listing(id: "1001") { title reviewCount host { id } } }';
const WHOLE = { listing: { title: LISTING.title, reviewCount: 0, host: { id: '2001' } } };

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ seeded: false });
  const operator = new Operator({ url: system.system.url, aws: system.system.awsAccess });
  await operator.run(
    'listings',
    'mutation ($rows: [ImportedListing!]!) { importListings(listings: $rows) { imported } }',
    {
      rows: [LISTING],
    },
  );
  expect((await system.query(QUERY)).data).toEqual(WHOLE);
}, 120_000);
afterAll(() => system.close());

/** The function of the reviews, changed, and as it was when what is to be done with it is over. */
async function withReviews<T>(change: Partial<FunctionDefinition>, run: () => Promise<T>): Promise<T> {
  const reviews = system.system.model.functions.find(({ name }) => name.endsWith('-reviews'));
  if (!reviews) throw new Error('There is no function of the reviews');
  system.system.lambda.put({ ...reviews, ...change });
  try {
    return await run();
  } finally {
    system.system.lambda.put(reviews);
  }
}

const behaves = (handler: string, more: Partial<FunctionDefinition> = {}): Partial<FunctionDefinition> => ({
  codeDirectory: join(import.meta.dirname, 'functions'),
  handler: `behaviour.${handler}`,
  ...more,
});

test.each<[string, Partial<FunctionDefinition>, string]>([
  ['ends', behaves('leave'), 'SUBGRAPH_UNAVAILABLE'],
  ['throws', behaves('fail'), 'SUBGRAPH_UNAVAILABLE'],
  ['throws where nobody catches', behaves('uncaught'), 'SUBGRAPH_UNAVAILABLE'],
  ['hangs', behaves('hang', { timeout: 1_000 }), 'SUBGRAPH_UNAVAILABLE'],
  [
    'does not load',
    { codeDirectory: join(import.meta.dirname, 'functions'), handler: 'throws-at-load.handler' },
    'SUBGRAPH_UNAVAILABLE',
  ],
  ['is throttled', { reservedConcurrency: 0 }, 'SUBGRAPH_UNAVAILABLE'],
  ['answers nothing', behaves('nothing'), 'SUBGRAPH_BAD_RESPONSE'],
  ['answers with something else', behaves('echo'), 'SUBGRAPH_BAD_RESPONSE'],
  ['answers with 7 MB', behaves('sevenMegabytes'), 'SUBGRAPH_UNAVAILABLE'],
])('a service that %s costs its own fields, and is back with the next call', async (_, change, code) => {
  const began = performance.now();
  const { status, data, errors = [] } = await withReviews(change, () => system.query(QUERY));
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(status).toBe(200);
  expect(data).toEqual({ listing: { ...WHOLE.listing, reviewCount: null } });
  expect(errors).toMatchObject([{ path: ['listing'], extensions: { code, serviceName: 'reviews' } }]);
  expect(JSON.stringify(errors)).not.toMatch(/homestay-dev|127\.0\.0\.1|stack|\.cjs/);
  expect(await system.query(QUERY)).toEqual({ status: 200, data: WHOLE });
});
