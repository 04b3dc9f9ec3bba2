import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';
import { money } from '#platform/events/value-schemas.ts';

const ofBooking = { bookingId: z.string(), guestId: z.string(), hostId: z.string() };

/**
 * Events of payments. For a booking's payment, `entityId` is the booking's id, and `version` is 1 for the capture or decline
 * and 2 for the refund. For `FundsAdded`, the entity is the movement, so its version is always 1.
 */
export const paymentEvents = new PublishedLanguage('payments', {
  FundsAdded: z.object({ userId: z.string(), amount: money }),
  PaymentCaptured: z.object({ ...ofBooking, amount: money }),
  PaymentDeclined: z.object({ ...ofBooking, reason: z.enum(['INSUFFICIENT_FUNDS']) }),
  PaymentRefunded: z.object({ ...ofBooking, amount: money }),
});

/** An event of this service. */
export type PaymentEvent = EventOf<typeof paymentEvents>;
