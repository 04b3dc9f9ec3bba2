import { join } from 'node:path';
import { chunksOf } from '#platform/dynamodb/batch-read.ts';
import { type Connection, Operator } from '../../operator/connection.ts';
import { registerUsers } from '../../operator/register-users.ts';
import { seedBookings, seedFunds, seedPastStays } from './bookings.ts';
import { type ListingRow, readListingRows } from './listing-rows.ts';
import { loadListings } from './load-listings.ts';
import { GUESTS, reviewsOf, type SeedReview } from './reviews.ts';
import { runConcurrently } from './run-concurrently.ts';

const LISTINGS = join(import.meta.dirname, 'listings.csv');
const FEATURED = 12;
const REVIEWS_PER_CALL = 150;

/** Seeds a running system with 500 real listings and their hosts, and made-up guests, reviews and bookings. Idempotent. */
export async function seed(connection: Connection): Promise<void> {
  const operator = new Operator(connection);
  const rows = await sampleRows();
  const everyNth = Math.floor(rows.length / FEATURED);
  const featured = new Set(rows.filter((_, i) => i % everyNth === 0).map(({ listing }) => listing.id));
  await Promise.all([
    registerUsers(
      connection,
      GUESTS.map(({ id, email, name }) => ({ id, email, name, groups: [] })),
    ),
    operator.run('accounts', 'mutation ($users: [ImportedUser!]!) { importUsers(users: $users) { imported } }', {
      users: GUESTS,
    }),
  ]);
  await Promise.all([
    loadListings(connection, LISTINGS, { featured }),
    writeReviews(operator, reviewsOf(rows.map(({ listing }) => listing))),
    seedFunds(operator),
  ]);
  const listings = rows.map(({ listing }) => listing);
  await Promise.all([seedBookings(operator, listings), seedPastStays(operator, listings)]);
}

async function sampleRows(): Promise<ListingRow[]> {
  const rows: ListingRow[] = [];
  for await (const row of readListingRows(LISTINGS)) if ('listing' in row) rows.push(row);
  return rows;
}

async function writeReviews(operator: Operator, reviews: SeedReview[]): Promise<void> {
  const mutation = 'mutation ($reviews: [ImportedReview!]!) { importReviews(reviews: $reviews) { imported } }';
  await runConcurrently(chunksOf(REVIEWS_PER_CALL, reviews), (chunk) =>
    operator.run('reviews', mutation, { reviews: chunk }),
  );
}
