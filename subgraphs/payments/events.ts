import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';
import { money } from '#platform/events/value-schemas.ts';

const ofBooking = { bookingId: z.string(), guestId: z.string(), hostId: z.string() };

/**
 * What happens to money. Of the events about a booking's payment, `entityId` is the booking's id; `version` is 1 for the
 * capture or the refusal, 2 for the refund. Of `FundsAdded` the entity is the movement of money itself, so that its version is
 * always 1.
 */
export const paymentEvents = new PublishedLanguage('payments', {
  FundsAdded: z.object({ userId: z.string(), amount: money }),
  PaymentCaptured: z.object({ ...ofBooking, amount: money }),
  PaymentDeclined: z.object({ ...ofBooking, reason: z.enum(['INSUFFICIENT_FUNDS']) }),
  PaymentRefunded: z.object({ ...ofBooking, amount: money }),
});

/** An event of this service. */
export type PaymentEvent = EventOf<typeof paymentEvents>;
