import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';
import { day, moment, money } from '#platform/events/value-schemas.ts';

/** Why a booking is cancelled. */
export const CANCEL_REASONS = ['BY_GUEST', 'BY_HOST', 'PAYMENT_DECLINED', 'PAYMENT_TOO_LATE'] as const;

const facts = {
  bookingId: z.string(),
  listingId: z.string(),
  hostId: z.string(),
  guestId: z.string(),
  checkIn: day,
  /** The day of departure: its night is not part of the stay. */
  checkOut: day,
  nights: z.int(),
  total: money,
  /** Until when the nights are held without payment. */
  paymentDue: moment,
};

const bookingFacts = z.object(facts);

/** What other services may know of a booking. */
export type BookingFacts = z.output<typeof bookingFacts>;

/**
 * What happens to bookings. An event's `entityId` is the booking's id, and its `version` the booking's: 1 when requested, or
 * taken over from another system, and one more with each change. A cancelled booking stays cancelled.
 */
export const bookingEvents = new PublishedLanguage('bookings', {
  BookingRequested: bookingFacts,
  BookingConfirmed: bookingFacts,
  BookingCancelled: z.object({
    ...facts,
    reason: z.enum(CANCEL_REASONS),
    /** Whether a `BookingConfirmed` came before. */
    wasConfirmed: z.boolean(),
  }),
});

/** An event of this service. */
export type BookingEvent = EventOf<typeof bookingEvents>;
