import { badInput } from '#platform/graphql/bad-input.ts';
import type { ListingResolvers } from '../__generated__/resolvers.ts';
import { validationError } from '../booking.ts';
import { isFree } from '../night.ts';
import { dayOf, nightCount, nightsOf } from '../stay.ts';
import { bookingConnection } from './booking-connection.ts';

const MAX_DAYS = 366;

export const Listing: ListingResolvers = {
  __resolveReference: (reference) => reference,
  title: async ({ id }, _, { listingById }) => {
    const copy = await listingById.load(id);
    if (!copy) throw new Error(`No copy of the listing ${id}`);
    return copy.title;
  },
  availability: async ({ id }, { from, to }, { nights, nightByKey }) => {
    const days = nightCount({ checkIn: from, checkOut: to }) + 1;
    if (days < 1) throw badInput('to must not be before from.');
    if (days > MAX_DAYS) throw badInput(`At most ${MAX_DAYS} nights can be requested at once, not ${days}.`);
    const taken = new Map((await nights.between(id, from, to)).map((night) => [night.date, night]));
    return [...nightsOf({ checkIn: from, checkOut: to }), to].map((date) => {
      const key = { listingId: id, date };
      nightByKey.prime(key, taken.get(date));
      return key;
    });
  },
  isAvailable: async ({ id }, stay, { listingById, nightByKey, now }) => {
    const listing = await listingById.load(id);
    if (listing?.status !== 'OPEN') return false;
    if (validationError(stay, { ...listing, today: dayOf(now()) })) return false;
    // A failed read is an error, not a booked night.
    const nights = await Promise.all(nightsOf(stay).map((date) => nightByKey.load({ listingId: id, date })));
    return nights.every((night) => isFree(night, now()));
  },
  quote: ({ id, nightlyPrice, minimumNights }, stay, { now }) => {
    if (!nightlyPrice || minimumNights === undefined)
      throw new Error(`The representation of the listing ${id} has no price`);
    const invalid = validationError(stay, { minimumNights, today: dayOf(now()) });
    if (invalid) return { __typename: 'StayInvalid', ...invalid };
    const nights = nightCount(stay);
    const totalPrice = { ...nightlyPrice, amount: nightlyPrice.amount * nights };
    return { __typename: 'Quote', nights, nightlyPrice, totalPrice };
  },
  bookings: async ({ id }, args, context) => {
    const listing = await context.listingById.load(id);
    return bookingConnection(listing?.hostId, { of: { listingId: id }, which: 'ALL' }, args, context);
  },
};
