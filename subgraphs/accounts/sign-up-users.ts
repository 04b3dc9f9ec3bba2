import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { bookingEvents } from '../bookings/events.ts';
import { listingEvents } from '../listings/events.ts';
import { provisionalUser } from './user.ts';
import type { UserStore } from './user-store.ts';

/**
 * Creates provisional accounts for users who book or list a place before their first request to this service. Existing
 * accounts are not changed, so events may be duplicated and out of order.
 */
export function signUpUsers(users: Pick<UserStore, 'addIfAbsent'>): Subscription[] {
  return [
    subscribe(bookingEvents, {
      BookingRequested: ({ data, time }) => users.addIfAbsent(provisionalUser(data.guestId, 'GUEST', time)),
    }),
    subscribe(listingEvents, {
      ListingOffered: ({ data, time }) => users.addIfAbsent(provisionalUser(data.hostId, 'HOST', time)),
    }),
  ];
}
