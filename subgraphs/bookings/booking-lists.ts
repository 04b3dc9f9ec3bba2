import type { Booking } from './booking.ts';
import { stayKey } from './items.ts';
import { addDays, MAX_NIGHTS } from './stay.ts';

/** Owner of a list of bookings, by item attribute. */
export type BookingsOf = { guestId: string } | { hostId: string } | { listingId: string };

/** A list of bookings at a point in time. */
export interface BookingList {
  of: BookingsOf;
  /** `UPCOMING` is sorted earliest first, the others latest first. Only `ALL` has cancelled and unpaid bookings. */
  which: 'UPCOMING' | 'CURRENT' | 'PAST' | 'ALL';
  /** The day of `now`. */
  today: string;
  now: Date;
}

/** Returns the DynamoDB query of a list; `after` is the `stayKey` of the previous page's last booking. */
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

/** Returns the cursor key of a booking. */
export function listKey(booking: Booking): { stayKey: string } {
  return { stayKey: stayKey(booking) };
}

/** Sorts after every key of a day. */
const endOfDay = (day: string) => `${day}#~`;
/** Sorts after every stay key. */
const LAST = ':';

/** Returns a filter for bookings that are confirmed or awaiting payment. */
function activeFilter(more = '') {
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

/** Range of check-in days and filter of each list. */
const LISTS: Record<BookingList['which'], { range: Range; filter?: ReturnType<typeof activeFilter> }> = {
  UPCOMING: {
    range: (today, after = '') => {
      const bound = after > endOfDay(today) ? after : endOfDay(today);
      return { condition: 'stayKey > :bound', values: { ':bound': bound } };
    },
    filter: activeFilter(),
  },
  CURRENT: {
    range: (today) => ({
      condition: 'stayKey BETWEEN :from AND :to',
      values: { ':from': addDays(today, -MAX_NIGHTS), ':to': endOfDay(today) },
    }),
    filter: activeFilter(' AND checkOut > :today'),
  },
  PAST: { range: (today, after) => before(endOfDay(today), after), filter: activeFilter(' AND checkOut <= :today') },
  ALL: { range: (_, after) => before(LAST, after) },
};

type Range = (today: string, after?: string) => { condition: string; values: Record<string, string> };
