import { badInput } from '#platform/graphql/bad-input.ts';
import type { ImportedBooking, MutationResolvers } from '../__generated__/resolvers.ts';
import { type Booking, importedBooking, importProblem } from '../booking.ts';
import { confirmedEvent } from '../booking-events.ts';
import type { Context } from '../context.ts';
import { dayOf } from '../stay.ts';

const MAX_IMPORT = 100;

/** Imports completed stays, each in its own transaction: a repeated call continues where one failed. */
export const importBookings: MutationResolvers['importBookings'] = async (_, { bookings: rows }, context) => {
  if (rows.length > MAX_IMPORT)
    throw badInput(`At most ${MAX_IMPORT} bookings can be imported in one call, not ${rows.length}.`);
  const today = dayOf(context.now());
  const checked = rows.map((row) => ({ row, reason: importProblem(row, row.nightlyPrice.currency, today) }));
  const good = checked.flatMap(({ row, reason }) => (reason ? [] : [fromRow(row)]));
  const added = await Promise.all(good.map((booking) => add(context, booking)));
  return {
    imported: added.filter(Boolean).length,
    existing: added.filter((isNew) => !isNew).length,
    rejected: checked.flatMap(({ row: { id }, reason }) => (reason ? [{ id, reason }] : [])),
  };
};

function fromRow({ nightlyPrice: { amount, currency }, ...stay }: ImportedBooking): Booking {
  return importedBooking({ ...stay, nightlyAmount: amount, currency });
}

function add({ bookings, now, requestId }: Context, booking: Booking): Promise<boolean> {
  return bookings.addPast(booking, confirmedEvent(booking, { time: now(), requestId }));
}
