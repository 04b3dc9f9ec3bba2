import type { BookingResolvers } from '../__generated__/resolvers.ts';
import { type Booking as Booked, isParty, phaseOn, statusAt, totalAmount } from '../booking.ts';
import type { Context } from '../context.ts';
import { dayOf, nightCount } from '../stay.ts';

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }, context) => visibleBooking(id, context),
  listing: ({ listingId }) => ({ id: listingId }),
  guest: ({ guestId }) => ({ id: guestId }),
  nights: nightCount,
  nightlyPrice: ({ nightlyAmount, currency }) => ({ amount: nightlyAmount, currency }),
  totalPrice: (booking) => ({ amount: totalAmount(booking), currency: booking.currency }),
  status: (booking, _, { now }) => statusAt(booking, now()),
  phase: (booking, _, { now }) => {
    const takesPlace = ['PENDING', 'CONFIRMED'].includes(statusAt(booking, now()));
    return takesPlace ? phaseOn(booking, dayOf(now())) : null;
  },
  cancelReason: ({ cancelReason }) => cancelReason ?? null,
};

/** Returns a booking if the viewer is its guest or host, else null. */
export async function visibleBooking(id: string, { bookingById, viewer }: Context): Promise<Booked | null> {
  const booking = await bookingById.load(id);
  return booking && isParty(booking, viewer?.id) ? booking : null;
}
