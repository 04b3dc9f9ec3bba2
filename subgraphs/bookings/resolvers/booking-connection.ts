import { type Connection, connection, pageRequest } from '#platform/graphql/connection.ts';
import type { Booking } from '../booking.ts';
import { type BookingList, type BookingsOf, listKey } from '../booking-lists.ts';
import type { Context } from '../context.ts';
import { dayOf } from '../stay.ts';

interface PageArguments {
  first: number;
  after?: string | null | undefined;
}

/** Returns a page of bookings if the viewer is `owner`, else null. */
export async function bookingConnection(
  owner: string | undefined,
  list: { of: BookingsOf; which: BookingList['which'] },
  args: PageArguments,
  { bookings, viewer, now }: Context,
): Promise<Connection<Booking> | null> {
  const request = pageRequest(args, { identity: ['bookings', list.of, list.which], keyAttributes: ['stayKey'] });
  if (!viewer || viewer.id !== owner) return null;
  const after = request.after && String(request.after.stayKey);
  const page = await bookings.list({ ...list, today: dayOf(now()), now: now() }, request.first, after);
  return connection(page, request, listKey);
}
