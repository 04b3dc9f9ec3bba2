import type { BookingFacts, CANCEL_REASONS } from './events.ts';
import type { ListingCopy } from './listing-copy.ts';
import { addDays, MAX_NIGHTS, nightCount, type Stay } from './stay.ts';

/** Why a booking was cancelled. */
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** A guest's booking of a listing, with the price at which it was booked. */
export interface Booking extends Stay {
  id: string;
  listingId: string;
  hostId: string;
  guestId: string;
  /** Price per night, in the currency's minor unit. */
  nightlyAmount: number;
  currency: string;
  status: 'PENDING' | 'CONFIRMED' | 'CANCELLED';
  cancelReason?: CancelReason;
  /** Deadline for the payment: the nights are held until then. RFC 3339, UTC. */
  paymentDue: string;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** 1 when requested, incremented with each change. */
  version: number;
}

/** A cancelled booking. */
export type CancelledBooking = Booking & { status: 'CANCELLED'; cancelReason: CancelReason };

/** A validation error of a stay. */
export interface ValidationError {
  field: string;
  message: string;
}

const HOLD_MINUTES = 15;
const MAX_DAYS_AHEAD = 730;

type Rule = ValidationError & { holds: (stay: Stay, terms: StayTerms) => boolean };

/** Parameters of a stay's validation. */
export interface StayTerms {
  minimumNights: number;
  today: string;
  /** Whether the guest is the listing's host. */
  isOwn?: boolean;
}

const RULES: Rule[] = [
  { field: 'listingId', message: 'You cannot book your own listing.', holds: (_, { isOwn }) => !isOwn },
  {
    field: 'checkIn',
    message: 'The check-in date is in the past.',
    holds: ({ checkIn }, { today }) => checkIn >= today,
  },
  {
    field: 'checkIn',
    message: 'The check-in date must be within the next two years.',
    holds: ({ checkIn }, { today }) => checkIn <= addDays(today, MAX_DAYS_AHEAD),
  },
  {
    field: 'checkOut',
    message: 'The check-out date must be after the check-in date.',
    holds: (stay) => nightCount(stay) > 0,
  },
  {
    field: 'checkOut',
    message: `A stay can have at most ${MAX_NIGHTS} nights.`,
    holds: (stay) => nightCount(stay) <= MAX_NIGHTS,
  },
  {
    field: 'checkOut',
    message: 'The stay is shorter than the minimum stay of this listing.',
    holds: (stay, { minimumNights }) => nightCount(stay) >= minimumNights,
  },
];

/** Returns the first validation error of a stay, if any. */
export function validationError(stay: Stay, terms: StayTerms): ValidationError | undefined {
  const rule = RULES.find(({ holds }) => !holds(stay, terms));
  return rule && { field: rule.field, message: rule.message };
}

/** Creates a pending booking, whose nights are held for 15 minutes. */
export function requestBooking(
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

/** Returns why a stay from another system cannot be imported, if so. It must be completed. */
export function importProblem(stay: Stay, currency: string, today: string): string | undefined {
  const nights = nightCount(stay);
  if (nights < 1 || nights > MAX_NIGHTS) return `A stay must have 1 to ${MAX_NIGHTS} nights.`;
  if (stay.checkOut > today) return 'The stay is not completed.';
  return currency === 'USD' ? undefined : `Only USD is supported, not ${currency}.`;
}

/** Creates a confirmed booking for a stay from another system, where it was paid. */
export function importedBooking(stay: Omit<Booking, 'status' | 'paymentDue' | 'createdAt' | 'version'>): Booking {
  const arrival = new Date(stay.checkIn).toISOString();
  return { ...stay, status: 'CONFIRMED', paymentDue: arrival, createdAt: arrival, version: 1 };
}

/** Returns the next version of a booking, confirmed. */
export function confirm(booking: Booking): Booking {
  return { ...booking, status: 'CONFIRMED', version: booking.version + 1 };
}

/** Returns the next version of a booking, cancelled. */
export function cancel(booking: Booking, cancelReason: CancelReason): CancelledBooking {
  return { ...booking, status: 'CANCELLED', cancelReason, version: booking.version + 1 };
}

/** Returns the price of the whole stay, in minor units. */
export function totalAmount(booking: Booking): number {
  return booking.nightlyAmount * nightCount(booking);
}

/** Returns the status at a point in time: a pending booking expires if it is not paid in time. */
export function statusAt({ status, paymentDue }: Booking, now: Date): Booking['status'] | 'EXPIRED' {
  return status === 'PENDING' && paymentDue < now.toISOString() ? 'EXPIRED' : status;
}

/** Returns the phase of a stay on a day. */
export function phaseOn({ checkIn, checkOut }: Stay, today: string): 'UPCOMING' | 'CURRENT' | 'COMPLETED' {
  if (today < checkIn) return 'UPCOMING';
  return today < checkOut ? 'CURRENT' : 'COMPLETED';
}

/** Whether a user is the guest or host of a booking. Others must not see it. */
export function isParty({ guestId, hostId }: Booking, userId: string | undefined): boolean {
  return userId === guestId || userId === hostId;
}

/** Returns the booking data that events publish. */
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
