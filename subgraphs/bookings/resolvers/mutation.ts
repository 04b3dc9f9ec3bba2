import { type IdempotencyKey, idempotencyKeyProblem } from '#platform/dynamodb/idempotency.ts';
import { retryOnConflict } from '#platform/dynamodb/retry-on-conflict.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { BookStayInput, MutationResolvers } from '../__generated__/resolvers.ts';
import { type Booking, brokenRule, cancel, concerns, request } from '../booking.ts';
import { cancelledEvent, requestedEvent } from '../booking-events.ts';
import type { Context } from '../context.ts';
import type { ListingCopy } from '../listing-copy.ts';
import { dayOf, type Stay } from '../stay.ts';
import { importBookings } from './import-bookings.ts';

export const Mutation: MutationResolvers = {
  bookStay: async (_, { input }, context) => {
    const { id: guestId, groups } = requireViewer(context.viewer);
    if (groups.includes('host')) return HOSTS_CANNOT_BOOK;
    const brokenKey = idempotencyKeyProblem(input.idempotencyKey);
    if (brokenKey) return { __typename: 'StayInvalid', field: 'idempotencyKey', message: brokenKey };
    const { listingId, checkIn, checkOut } = input;
    const key = { owner: guestId, key: input.idempotencyKey, input: [listingId, checkIn, checkOut] };
    const found = await bookableListing(context, input, guestId);
    // What was booked before stays booked, whatever has become of the listing since.
    if ('__typename' in found) return (await bookedBefore(context, key)) ?? found;
    return bookNow(context, found, input, key);
  },

  cancelBooking: async (_, { id }, context) => {
    const { id: userId } = requireViewer(context.viewer);
    const result = await retryOnConflict(async () => {
      const booking = await context.bookings.latest(id);
      if (!booking || !concerns(booking, userId)) return BOOKING_NOT_FOUND;
      if (booking.status === 'CANCELLED') return asResult(booking);
      return booking.checkIn <= dayOf(context.now()) ? STAY_BEGUN : cancelled(context, booking, userId);
    });
    return result ?? BOOKING_BUSY;
  },

  importBookings,
};

/** What the key's first use made, if it has been used. */
async function bookedBefore({ bookings }: Context, key: IdempotencyKey) {
  const before = await bookings.previousUse(key);
  if (!before) return undefined;
  if (!before.sameInput) return KEY_REUSED;
  const booking = await bookings.latest(before.resultId);
  if (!booking) throw new Error(`The booking ${before.resultId} of an idempotency key is not there`);
  return asResult(booking);
}

/** The listing, if the guest may book this stay there, or why not. */
async function bookableListing({ listingById, now }: Context, input: BookStayInput, guestId: string) {
  const listing = await listingById.load(input.listingId);
  if (!listing) return listingNotFound(input.listingId);
  if (listing.status === 'CLOSED') return LISTING_CLOSED;
  const broken = brokenRule(input, { ...listing, today: dayOf(now()), isOwn: listing.hostId === guestId });
  return broken ? ({ __typename: 'StayInvalid', ...broken } as const) : listing;
}

async function bookNow(context: Context, listing: ListingCopy, stay: Stay, key: IdempotencyKey) {
  const { bookings, newId, now, requestId } = context;
  const time = now();
  const booking = request(listing, stay, { id: newId(), guestId: key.owner, now: time });
  const result = await bookings.book(booking, key, requestedEvent(booking, { time, requestId }), time);
  if (result.outcome === 'BOOKED') return asResult(booking);
  if (result.outcome === 'DATES_TAKEN') return datesTaken(result.dates);
  const before = await bookedBefore(context, key);
  if (!before) throw new Error('An idempotency key was used, and is not there');
  return before;
}

/** Undefined when another change came first. */
async function cancelled({ bookings, now, requestId }: Context, booking: Booking, userId: string) {
  const changed = cancel(booking, userId === booking.guestId ? 'BY_GUEST' : 'BY_HOST');
  const event = cancelledEvent(changed, booking, { time: now(), requestId });
  return (await bookings.cancel(changed, event)) ? asResult(changed) : undefined;
}

const asResult = (booking: Booking) => ({ __typename: 'Booking', ...booking }) as const;

const HOSTS_CANNOT_BOOK = {
  __typename: 'HostsCannotBook',
  message: 'Stays are booked by guests, not by hosts.',
} as const;
const LISTING_CLOSED = { __typename: 'ListingClosed', message: 'Its host no longer offers this listing.' } as const;
const KEY_REUSED = {
  __typename: 'IdempotencyKeyReused',
  message: 'This idempotency key was used for another stay: send a new one.',
} as const;
const BOOKING_NOT_FOUND = { __typename: 'BookingNotFound', message: 'You have no booking with this id.' } as const;
const STAY_BEGUN = {
  __typename: 'StayBegun',
  message: 'A booking can be cancelled until the day before arrival.',
} as const;
const BOOKING_BUSY = {
  __typename: 'BookingBusy',
  message: 'Others change this booking at the moment, and it was not cancelled: try again.',
} as const;

function listingNotFound(id: string) {
  return { __typename: 'ListingNotFound', message: `There is no listing with the id "${id}".` } as const;
}

function datesTaken(dates: string[]) {
  const message = `Others have ${dates.length === 1 ? 'a night' : `${dates.length} nights`} of this stay: choose other dates.`;
  return { __typename: 'DatesTaken', message, dates } as const;
}
