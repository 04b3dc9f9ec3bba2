import type { GuestResolvers, HostResolvers } from '../__generated__/resolvers.ts';
import { dayOf } from '../stay.ts';
import { bookingConnection } from './booking-connection.ts';

export const Guest: GuestResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  upcomingBookings: ({ id }, args, context) =>
    bookingConnection(id, { of: { guestId: id }, which: 'UPCOMING' }, args, context),
  pastBookings: ({ id }, args, context) => bookingConnection(id, { of: { guestId: id }, which: 'PAST' }, args, context),
  currentBooking: async ({ id }, _, { bookings, viewer, now }) => {
    if (viewer?.id !== id) return null;
    const list = { of: { guestId: id }, which: 'CURRENT', today: dayOf(now()), now: now() } as const;
    return (await bookings.list(list, 1)).nodes[0] ?? null;
  },
};

export const Host: HostResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  upcomingBookings: ({ id }, args, context) =>
    bookingConnection(id, { of: { hostId: id }, which: 'UPCOMING' }, args, context),
};
