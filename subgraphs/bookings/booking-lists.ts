import type { Booking } from './booking.ts';
import { stayKey } from './items.ts';
import { addDays, MAX_NIGHTS } from './stay.ts';

/** Whose bookings, by the attribute that names them. */
export type BookingsOf = { guestId: string } | { hostId: string } | { listingId: string };

/** A list of bookings, seen from a moment. */
export interface BookingList {
  of: BookingsOf;
  /** `UPCOMING` soonest first, the others latest first; `ALL` has those too that were cancelled or not paid. */
  which: 'UPCOMING' | 'CURRENT' | 'PAST' | 'ALL';
  /** The day of `now`. */
  today: string;
  now: Date;
}

/** The list as DynamoDB takes it; `after` is the `stayKey` at which a page before ended. */
export function bookingQuery({ of, which, today, now }: BookingList, after?: string) {
  const [[attribute, id] = ['', '']] = Object.entries(of);
  const { range, filter } = LISTS[which];
  const { condition, values } = range(today, after);
  return {
    IndexName: `${attribute.replace('Id', '')}-by-stay`,
    KeyConditionExpression: `#of = :of AND ${condition}`,
    ExpressionAttributeNames: { '#of': attribute, ...filter?.names },
    ExpressionAttributeValues: { ':of': id, ...values, ...filter?.values(today, now) },
    ...(filter && { FilterExpression: filter.expression }),
    ScanIndexForward: which === 'UPCOMING',
  };
}

/** The cursor key of a booking in any list: where a next page starts. */
export function listKey(booking: Booking): { stayKey: string } {
  return { stayKey: stayKey(booking) };
}

/** Sorts after every key of a day. */
const lastOf = (day: string) => `${day}#~`;
const LAST = ':';

/** The stays that take place: paid, or to be paid yet. */
function standing(more = '') {
  return {
    expression: `(#status = :confirmed OR (#status = :pending AND paymentDue >= :now))${more}`,
    names: { '#status': 'status' },
    values: (today: string, now: Date) => ({
      ':confirmed': 'CONFIRMED',
      ':pending': 'PENDING',
      ':now': now.toISOString(),
      ...(more && { ':today': today }),
    }),
  };
}

function before(bound: string, after = LAST) {
  return { condition: 'stayKey < :bound', values: { ':bound': after < bound ? after : bound } };
}

/** What each list asks for: a range of days of arrival, and what the stays in it must be. */
const LISTS: Record<BookingList['which'], { range: Range; filter?: ReturnType<typeof standing> }> = {
  UPCOMING: {
    range: (today, after = '') => {
      const bound = after > lastOf(today) ? after : lastOf(today);
      return { condition: 'stayKey > :bound', values: { ':bound': bound } };
    },
    filter: standing(),
  },
  CURRENT: {
    range: (today) => ({
      condition: 'stayKey BETWEEN :from AND :to',
      values: { ':from': addDays(today, -MAX_NIGHTS), ':to': lastOf(today) },
    }),
    filter: standing(' AND checkOut > :today'),
  },
  PAST: { range: (today, after) => before(lastOf(today), after), filter: standing(' AND checkOut <= :today') },
  ALL: { range: (_, after) => before(LAST, after) },
};

type Range = (today: string, after?: string) => { condition: string; values: Record<string, string> };
