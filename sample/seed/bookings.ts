import type { Operator } from '../../operator/connection.ts';
import { fewAtOnce } from './few-at-once.ts';
import { GUESTS } from './reviews.ts';

/** A listing that can be booked. */
export interface Bookable {
  id: string;
  nightlyPrice: { amount: number; currency: string };
  minimumNights: number;
}

const BOOKINGS = 40;
const FUNDS_DOLLARS = 5_000;
const DEAREST_NIGHT = 25_000;
const LONGEST_MINIMUM = 4;
const DAY_MS = 86_400_000;
/** How long the services may take to hear of the listings. */
const PATIENCE_MS = 20_000;
const BETWEEN_TRIES_MS = 50;

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

/** Gives the guests money, but for the last: that one shows what becomes of a booking that cannot be paid. */
export async function seedFunds(operator: Operator): Promise<void> {
  await fewAtOnce(GUESTS.slice(0, -1), ({ id }) =>
    operator.run('payments', ADD_FUNDS, { amount: FUNDS_DOLLARS * 100, key: 'seed' }, userNamed(id)),
  );
}

/** Books stays for the guests that begin within the next months, always the same for the same day. */
export async function seedBookings(operator: Operator, listings: Bookable[]): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  await fewAtOnce(bookingsFrom(listings, new Date()), (booking) => book(operator, booking, giveUpAt));
}

/** Takes over stays of the first guest that are over, so that there is something to review. */
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
  const fit = listings.filter(
    ({ nightlyPrice, minimumNights }) => nightlyPrice.amount <= DEAREST_NIGHT && minimumNights <= LONGEST_MINIMUM,
  );
  return Array.from({ length: BOOKINGS }, (_, i) => {
    const listing = fit[(i * 7) % fit.length];
    const guest = GUESTS[i % GUESTS.length];
    if (!listing || !guest) throw new Error('There is nothing to book, or nobody to book it');
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

/** The service may not have heard of the listing yet: events take a moment. */
async function book(operator: Operator, { guestId, input }: SeedBooking, giveUpAt: number): Promise<void> {
  for (;;) {
    const { result } = await operator.run<{ result: { __typename: string } }>(
      'bookings',
      BOOK,
      { input },
      userNamed(guestId),
    );
    if (result.__typename !== 'ListingNotFound') return;
    if (Date.now() > giveUpAt)
      throw new Error(`The service "bookings" has not heard of the listing ${input.listingId}.`);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
}

function userNamed(id: string) {
  return { id, groups: [], scopes: [] };
}

function dayAfter(today: Date, days: number): string {
  return new Date(today.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}
