import { type IdempotencyKey, idempotencyKeyProblem } from '#platform/dynamodb/idempotency.ts';
import { retryOnConflict } from '#platform/dynamodb/retry-on-conflict.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { BookStayInput, MutationResolvers } from '../__generated__/resolvers.ts';
import { type Booking, cancel, isParty, requestBooking, validationError } from '../booking.ts';
import { cancelledEvent, requestedEvent } from '../booking-events.ts';
import type { Context } from '../context.ts';
import type { ListingCopy } from '../listing-copy.ts';
import { dayOf, type Stay } from '../stay.ts';
import { importBookings } from './import-bookings.ts';

export const Mutation: MutationResolvers = {
  bookStay: async (_, { input }, context) => {
    const { id: guestId, groups } = requireViewer(context.viewer);
    if (groups.includes('host')) return HOSTS_CANNOT_BOOK;
    const keyError = idempotencyKeyProblem(input.idempotencyKey);
    if (keyError) return { __typename: 'StayInvalid', field: 'idempotencyKey', message: keyError };
    const { listingId, checkIn, checkOut } = input;
    const key = { owner: guestId, key: input.idempotencyKey, input: [listingId, checkIn, checkOut] };
    const found = await bookableListing(context, input, guestId);
    // A retry returns its booking even if the listing has changed since.
    if ('__typename' in found) return (await earlierResult(context, key)) ?? found;
    return createBooking(context, found, input, key);
  },

  cancelBooking: async (_, { id }, context) => {
    const { id: userId } = requireViewer(context.viewer);
    const result = await retryOnConflict(async () => {
      const booking = await context.bookings.latest(id);
      if (!booking || !isParty(booking, userId)) return BOOKING_NOT_FOUND;
      if (booking.status === 'CANCELLED') return asResult(booking);
      return booking.checkIn <= dayOf(context.now()) ? STAY_BEGUN : saveCancellation(context, booking, userId);
    });
    return result ?? BOOKING_BUSY;
  },

  importBookings,
};

/** Returns the result of the key's first use, if any. */
async function earlierResult({ bookings }: Context, key: IdempotencyKey) {
  const before = await bookings.previousUse(key);
  if (!before) return undefined;
  if (!before.sameInput) return KEY_REUSED;
  const booking = await bookings.latest(before.resultId);
  if (!booking) throw new Error(`The booking ${before.resultId} of an idempotency key does not exist`);
  return asResult(booking);
}

/** Returns the listing if the guest can book this stay, else the failure. */
async function bookableListing({ listingById, now }: Context, input: BookStayInput, guestId: string) {
  const listing = await listingById.load(input.listingId);
  if (!listing) return listingNotFound(input.listingId);
  if (listing.status === 'CLOSED') return LISTING_CLOSED;
  const invalid = validationError(input, { ...listing, today: dayOf(now()), isOwn: listing.hostId === guestId });
  return invalid ? ({ __typename: 'StayInvalid', ...invalid } as const) : listing;
}

async function createBooking(context: Context, listing: ListingCopy, stay: Stay, key: IdempotencyKey) {
  const { bookings, newId, now, requestId } = context;
  const time = now();
  const booking = requestBooking(listing, stay, { id: newId(), guestId: key.owner, now: time });
  const result = await bookings.book(booking, key, requestedEvent(booking, { time, requestId }), time);
  if (result.outcome === 'BOOKED') return asResult(booking);
  if (result.outcome === 'DATES_TAKEN') return datesTaken(result.dates);
  const before = await earlierResult(context, key);
  if (!before) throw new Error('A used idempotency key does not exist');
  return before;
}

/** Cancels a booking. Returns undefined if the booking has changed since it was read. */
async function saveCancellation({ bookings, now, requestId }: Context, booking: Booking, userId: string) {
  const changed = cancel(booking, userId === booking.guestId ? 'BY_GUEST' : 'BY_HOST');
  const event = cancelledEvent(changed, booking, { time: now(), requestId });
  return (await bookings.cancel(changed, event)) ? asResult(changed) : undefined;
}

const asResult = (booking: Booking) => ({ __typename: 'Booking', ...booking }) as const;

const HOSTS_CANNOT_BOOK = {
  __typename: 'HostsCannotBook',
  message: 'Only guests can book. You are signed in as a host.',
} as const;
const LISTING_CLOSED = { __typename: 'ListingClosed', message: 'The host no longer offers this listing.' } as const;
const KEY_REUSED = {
  __typename: 'IdempotencyKeyReused',
  message: 'This idempotency key was used for another stay. Send a new one.',
} as const;
const BOOKING_NOT_FOUND = { __typename: 'BookingNotFound', message: 'You have no booking with this id.' } as const;
const STAY_BEGUN = {
  __typename: 'StayBegun',
  message: 'A booking can only be cancelled until the day before check-in.',
} as const;
const BOOKING_BUSY = {
  __typename: 'BookingBusy',
  message: 'This booking is being changed. Try again.',
} as const;

function listingNotFound(id: string) {
  return { __typename: 'ListingNotFound', message: `There is no listing with the id "${id}".` } as const;
}

function datesTaken(dates: string[]) {
  const nights = dates.length === 1 ? 'One night of this stay is' : `${dates.length} nights of this stay are`;
  const message = `${nights} already booked. Choose other dates.`;
  return { __typename: 'DatesTaken', message, dates } as const;
}
