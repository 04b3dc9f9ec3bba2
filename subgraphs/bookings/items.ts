import type { Item } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import { EXPIRES_AT, expiryTime, singletonKey, type TableRef } from '#platform/dynamodb/table-ref.ts';
import type { Booking } from './booking.ts';
import { CANCEL_REASONS } from './events.ts';
import type { ListingCopy } from './listing-copy.ts';
import type { Night, NightKey } from './night.ts';

/** Returns the table of bookings, their nights, and listing copies. */
export function bookingsTable(name: string): TableRef {
  return { name, partitionKey: 'pk', sortKey: 'sk' };
}

/** Days until a past night expires. */
const NIGHT_DAYS_KEPT = 30;

export const bookingKey = (id: string) => singletonKey(bookingsTable(''), `booking#${id}`);
export const copyKey = (listingId: string) => ({ pk: `listing#${listingId}`, sk: 'facts' });
/** A listing's nights share a partition, sorted by date. */
export const nightKey = ({ listingId, date }: NightKey) => ({ pk: `listing#${listingId}`, sk: `night#${date}` });
/** Sorts bookings by check-in day. Items without it are in no index. */
export const stayKey = ({ checkIn, id }: Pick<Booking, 'checkIn' | 'id'>) => `${checkIn}#${id}`;

export function bookingItem(booking: Booking): Item {
  return { ...bookingKey(booking.id), ...booking, stayKey: stayKey(booking) };
}

export function nightItem(night: Night): Item {
  return { ...nightKey(night), ...night, [EXPIRES_AT]: expiryTime(new Date(night.date), NIGHT_DAYS_KEPT) };
}

export function copyItem(copy: ListingCopy): Item {
  return { ...copyKey(copy.id), ...copy };
}

export function toBooking(item: Item): Booking {
  const read = new ItemReader(item, 'Booking');
  const isCancelled = item.cancelReason !== undefined;
  return {
    id: read.string('id'),
    listingId: read.string('listingId'),
    hostId: read.string('hostId'),
    guestId: read.string('guestId'),
    checkIn: read.string('checkIn'),
    checkOut: read.string('checkOut'),
    nightlyAmount: read.number('nightlyAmount'),
    currency: read.string('currency'),
    status: read.oneOf('status', ['PENDING', 'CONFIRMED', 'CANCELLED']),
    ...(isCancelled && { cancelReason: read.oneOf('cancelReason', CANCEL_REASONS) }),
    paymentDue: read.string('paymentDue'),
    createdAt: read.string('createdAt'),
    version: read.number('version'),
  };
}

export function toNight(item: Item): Night {
  const read = new ItemReader(item, 'Night');
  const heldUntil = read.optionalString('heldUntil');
  return {
    listingId: read.string('listingId'),
    date: read.string('date'),
    bookingId: read.string('bookingId'),
    ...(heldUntil && { heldUntil }),
  };
}

export function toCopy(item: Item): ListingCopy {
  const read = new ItemReader(item, 'Listing copy');
  return {
    id: read.string('id'),
    hostId: read.string('hostId'),
    title: read.string('title'),
    status: read.oneOf('status', ['OPEN', 'CLOSED']),
    nightlyAmount: read.number('nightlyAmount'),
    currency: read.string('currency'),
    minimumNights: read.number('minimumNights'),
    version: read.number('version'),
  };
}
