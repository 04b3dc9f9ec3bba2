import type { Operator } from '../../operator/connection.ts';
import { GUESTS } from './reviews.ts';
import { runConcurrently } from './run-concurrently.ts';

/** A listing that can be booked. */
export interface Bookable {
  id: string;
  nightlyPrice: { amount: number; currency: string };
  minimumNights: number;
}

const BOOKINGS = 40;
const FUNDS_DOLLARS = 5_000;
const MAX_NIGHTLY_PRICE = 25_000;
const MAX_MINIMUM_NIGHTS = 4;
const DAY_MS = 86_400_000;
/** Time for the events of the listings to arrive. */
const TIMEOUT_MS = 20_000;
const RETRY_MS = 50;

const ADD_FUNDS = `mutation ($amount: Int!, $key: String!) {
  addFunds(input: { amount: { amount: $amount }, idempotencyKey: $key }) { __typename }
}`;
const IMPORT = 'mutation ($bookings: [ImportedBooking!]!) { importBookings(bookings: $bookings) { imported } }';
const PAST_STAYS = 2;
const BOOK = 'mutation ($input: BookStayInput!) { result: bookStay(input: $input) { __typename } }';

interface SeedBooking {
  guestId: string;
  input: { listingId: string; checkIn: string; checkOut: string; idempotencyKey: string };
}

/** Adds funds for all guests but the last, whose bookings show a declined payment. */
export async function seedFunds(operator: Operator): Promise<void> {
  await runConcurrently(GUESTS.slice(0, -1), ({ id }) =>
    operator.run('payments', ADD_FUNDS, { amount: FUNDS_DOLLARS * 100, key: 'seed' }, userWithId(id)),
  );
}

/** Books upcoming stays for the guests, the same for the same day. */
export async function seedBookings(operator: Operator, listings: Bookable[]): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  await runConcurrently(bookingsFrom(listings, new Date()), (booking) => book(operator, booking, deadline));
}

/** Imports past stays of the first guest, who can review them. */
export async function seedPastStays(operator: Operator, listings: (Bookable & { hostId: string })[]): Promise<void> {
  const [guest] = GUESTS;
  const today = new Date();
  const bookings = listings.slice(1, 1 + PAST_STAYS).map(({ id, hostId, nightlyPrice }, i) => ({
    id: `past-${i + 1}`,
    listingId: id,
    hostId,
    guestId: guest?.id,
    checkIn: dayAfter(today, -30 * (i + 1)),
    checkOut: dayAfter(today, -30 * (i + 1) + 3),
    nightlyPrice,
  }));
  await operator.run('bookings', IMPORT, { bookings });
}

function bookingsFrom(listings: Bookable[], today: Date): SeedBooking[] {
  const bookable = listings.filter(
    ({ nightlyPrice, minimumNights }) =>
      nightlyPrice.amount <= MAX_NIGHTLY_PRICE && minimumNights <= MAX_MINIMUM_NIGHTS,
  );
  return Array.from({ length: BOOKINGS }, (_, i) => {
    const listing = bookable[(i * 7) % bookable.length];
    const guest = GUESTS[i % GUESTS.length];
    if (!listing || !guest) throw new Error('The seed has no bookable listing or no guest');
    const nights = Math.max(listing.minimumNights, 2 + (i % 4));
    const checkIn = 2 + i * 2;
    return {
      guestId: guest.id,
      input: {
        listingId: listing.id,
        checkIn: dayAfter(today, checkIn),
        checkOut: dayAfter(today, checkIn + nights),
        idempotencyKey: `seed-${i}`,
      },
    };
  });
}

/** Books a stay. Retries until the listing's event has reached the service. */
async function book(operator: Operator, { guestId, input }: SeedBooking, deadline: number): Promise<void> {
  for (;;) {
    const { result } = await operator.run<{ result: { __typename: string } }>(
      'bookings',
      BOOK,
      { input },
      userWithId(guestId),
    );
    if (result.__typename !== 'ListingNotFound') return;
    if (Date.now() > deadline)
      throw new Error(`The listing ${input.listingId} has not reached the service "bookings" in time.`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function userWithId(id: string) {
  return { id, groups: [], scopes: [] };
}

function dayAfter(today: Date, days: number): string {
  return new Date(today.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}
