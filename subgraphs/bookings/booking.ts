import type { BookingFacts, CANCEL_REASONS } from './events.ts';
import type { ListingCopy } from './listing-copy.ts';
import { addDays, MAX_NIGHTS, nightCount, type Stay } from './stay.ts';

/** Why a booking was cancelled. */
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** A guest's stay at a listing, as this service keeps it. Its price is the one at which it was booked. */
export interface Booking extends Stay {
  id: string;
  listingId: string;
  hostId: string;
  guestId: string;
  /** Price of a night, in the currency's minor unit. */
  nightlyAmount: number;
  currency: string;
  status: 'PENDING' | 'CONFIRMED' | 'CANCELLED';
  cancelReason?: CancelReason;
  /** RFC 3339, UTC: until when the nights are held without payment. */
  paymentDue: string;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** 1 when requested, and one more with each change. */
  version: number;
}

/** A booking that was given up. */
export type CancelledBooking = Booking & { status: 'CANCELLED'; cancelReason: CancelReason };

/** The first rule that a stay breaks. */
export interface BrokenRule {
  field: string;
  message: string;
}

const HOLD_MINUTES = 15;
const MAX_DAYS_AHEAD = 730;

type Rule = BrokenRule & { holds: (stay: Stay, terms: StayTerms) => boolean };

/** What a stay is judged by. */
export interface StayTerms {
  minimumNights: number;
  today: string;
  /** Whether the guest would stay with themselves. */
  isOwn?: boolean;
}

const RULES: Rule[] = [
  { field: 'listingId', message: 'Nobody books a listing of their own.', holds: (_, { isOwn }) => !isOwn },
  {
    field: 'checkIn',
    message: 'A stay does not begin in the past.',
    holds: ({ checkIn }, { today }) => checkIn >= today,
  },
  {
    field: 'checkIn',
    message: 'A stay begins within the next two years.',
    holds: ({ checkIn }, { today }) => checkIn <= addDays(today, MAX_DAYS_AHEAD),
  },
  { field: 'checkOut', message: 'A stay ends after it begins.', holds: (stay) => nightCount(stay) > 0 },
  {
    field: 'checkOut',
    message: `A stay has at most ${MAX_NIGHTS} nights.`,
    holds: (stay) => nightCount(stay) <= MAX_NIGHTS,
  },
  {
    field: 'checkOut',
    message: 'The stay is shorter than the shortest that this listing takes.',
    holds: (stay, { minimumNights }) => nightCount(stay) >= minimumNights,
  },
];

/** The rule that a stay breaks, if any. */
export function brokenRule(stay: Stay, terms: StayTerms): BrokenRule | undefined {
  const rule = RULES.find(({ holds }) => !holds(stay, terms));
  return rule && { field: rule.field, message: rule.message };
}

/** A new booking: its nights are held for a quarter of an hour, in which it has to be paid. */
export function request(
  listing: ListingCopy,
  { checkIn, checkOut }: Stay,
  { id, guestId, now }: { id: string; guestId: string; now: Date },
): Booking {
  return {
    id,
    listingId: listing.id,
    hostId: listing.hostId,
    guestId,
    checkIn,
    checkOut,
    nightlyAmount: listing.nightlyAmount,
    currency: listing.currency,
    status: 'PENDING',
    paymentDue: new Date(now.getTime() + HOLD_MINUTES * 60_000).toISOString(),
    createdAt: now.toISOString(),
    version: 1,
  };
}

/** The rule that a stay of another system breaks, if any: it must be over. */
export function importProblem(stay: Stay, currency: string, today: string): string | undefined {
  const nights = nightCount(stay);
  if (nights < 1 || nights > MAX_NIGHTS) return `A stay has 1 to ${MAX_NIGHTS} nights.`;
  if (stay.checkOut > today) return 'The stay is not over.';
  return currency === 'USD' ? undefined : `Only USD is taken, not ${currency}.`;
}

/** A stay of another system, which was paid there. */
export function takenOver(stay: Omit<Booking, 'status' | 'paymentDue' | 'createdAt' | 'version'>): Booking {
  const arrival = new Date(stay.checkIn).toISOString();
  return { ...stay, status: 'CONFIRMED', paymentDue: arrival, createdAt: arrival, version: 1 };
}

/** The booking, paid. */
export function confirm(booking: Booking): Booking {
  return { ...booking, status: 'CONFIRMED', version: booking.version + 1 };
}

/** The booking, given up for a reason. */
export function cancel(booking: Booking, cancelReason: CancelReason): CancelledBooking {
  return { ...booking, status: 'CANCELLED', cancelReason, version: booking.version + 1 };
}

/** What the whole stay costs, in minor units. */
export function totalAmount(booking: Booking): number {
  return booking.nightlyAmount * nightCount(booking);
}

/** A pending booking that was not paid in time is expired: its nights can be had by others. */
export function statusAt({ status, paymentDue }: Booking, now: Date): Booking['status'] | 'EXPIRED' {
  return status === 'PENDING' && paymentDue < now.toISOString() ? 'EXPIRED' : status;
}

/** Where a stay lies, seen from a day. */
export function phaseOn({ checkIn, checkOut }: Stay, today: string): 'UPCOMING' | 'CURRENT' | 'COMPLETED' {
  if (today < checkIn) return 'UPCOMING';
  return today < checkOut ? 'CURRENT' : 'COMPLETED';
}

/** Whether a user has part in a booking: others must not see it. */
export function concerns({ guestId, hostId }: Booking, userId: string | undefined): boolean {
  return userId === guestId || userId === hostId;
}

/** What other services may know of a booking. */
export function factsOf(booking: Booking): BookingFacts {
  const { id, listingId, hostId, guestId, checkIn, checkOut, currency, paymentDue } = booking;
  const total = { amount: totalAmount(booking), currency };
  return {
    bookingId: id,
    listingId,
    hostId,
    guestId,
    checkIn,
    checkOut,
    nights: nightCount(booking),
    total,
    paymentDue,
  };
}
