import { forbidden } from '#platform/graphql/forbidden.ts';
import type { Subscriptions } from '#platform/graphql/subscriptions.ts';
import type { SubscriptionResolvers } from './__generated__/resolvers.ts';
import { isParty } from './booking.ts';
import type { Context } from './context.ts';
import type { BookingEvent, bookingEvents } from './events.ts';

const CHANGES = ['BookingRequested', 'BookingConfirmed', 'BookingCancelled'] as const;

export const subscriptions: Subscriptions<SubscriptionResolvers, typeof bookingEvents> = {
  bookingChanged: {
    events: CHANGES,
    topic: 'entityId',
    subscribe: async ({ id }, { bookings, viewer }) => {
      const booking = await bookings.latest(id);
      if (booking && isParty(booking, viewer?.id)) return id;
      throw forbidden('Only the guest and the host of a booking can follow it.');
    },
    rootValue: changedBooking,
  },
  bookingsOfListing: {
    events: CHANGES,
    topic: 'data.listingId',
    subscribe: async ({ listingId }, { listingById, viewer }) => {
      const listing = await listingById.load(listingId);
      if (listing && listing.hostId === viewer?.id) return listingId;
      throw forbidden('Only the host of a listing can follow its bookings.');
    },
    rootValue: (event, context) => {
      if (event.data.hostId !== context.viewer?.id) throw forbidden('You are no longer the host of this listing.');
      return changedBooking(event, context);
    },
  },
};

/** Returns the booking of an event by a consistent read, at least as new as the event. */
async function changedBooking({ entityId }: BookingEvent, { bookings, viewer }: Context) {
  const booking = await bookings.latest(entityId);
  return booking && isParty(booking, viewer?.id) ? booking : null;
}
