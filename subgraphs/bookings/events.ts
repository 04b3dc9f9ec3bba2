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
  /** Day of departure: its night is not part of the stay. */
  checkOut: day,
  nights: z.int(),
  total: money,
  /** Deadline for the payment: the nights are held until then. */
  paymentDue: moment,
};

const bookingFacts = z.object(facts);

/** Published data of a booking. */
export type BookingFacts = z.output<typeof bookingFacts>;

/**
 * Events of bookings. `entityId` is the booking's id and `version` the booking's version: 1 when requested or imported,
 * incremented with each change. A cancelled booking stays cancelled.
 */
export const bookingEvents = new PublishedLanguage('bookings', {
  BookingRequested: bookingFacts,
  BookingConfirmed: bookingFacts,
  BookingCancelled: z.object({
    ...facts,
    reason: z.enum(CANCEL_REASONS),
    /** Whether a `BookingConfirmed` was published before. */
    wasConfirmed: z.boolean(),
  }),
});

/** An event of this service. */
export type BookingEvent = EventOf<typeof bookingEvents>;
