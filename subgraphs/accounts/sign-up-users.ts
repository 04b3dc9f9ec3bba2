import { type Subscription, subscribe } from '#platform/events/event-consumer.ts';
import { bookingEvents } from '../bookings/events.ts';
import { listingEvents } from '../listings/events.ts';
import { provisional } from './user.ts';
import type { UserStore } from './user-store.ts';

/**
 * Signs up who books or offers a place before a token of theirs has come to this service: others may ask who they are.
 * Events may come twice and in any order: who is there is left as they are.
 */
export function signUpUsers(users: Pick<UserStore, 'addIfAbsent'>): Subscription[] {
  return [
    subscribe(bookingEvents, {
      BookingRequested: ({ data, time }) => users.addIfAbsent(provisional(data.guestId, 'GUEST', time)),
    }),
    subscribe(listingEvents, {
      ListingOffered: ({ data, time }) => users.addIfAbsent(provisional(data.hostId, 'HOST', time)),
    }),
  ];
}
