import type { BookingFacts } from '../bookings/events.ts';
import { type Movement, transfer, walletOf } from './ledger.ts';

export const PAYMENT_STATUSES = ['CAPTURED', 'DECLINED', 'REFUNDED', 'VOID'] as const;

/** What became of the price of a booking; there is one payment a booking. */
export interface Payment {
  bookingId: string;
  guestId: string;
  hostId: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** `VOID` when the booking was cancelled before anything was paid: then nothing will be. */
  status: (typeof PAYMENT_STATUSES)[number];
  /** RFC 3339, UTC: when it was first tried. */
  at: string;
}

/** The payment of a booking, with what became of it. */
export function paymentOf(booking: BookingFacts, status: Payment['status'], now: Date): Payment {
  const { bookingId, guestId, hostId, total } = booking;
  return { bookingId, guestId, hostId, ...total, status, at: now.toISOString() };
}

/**
 * The price goes from the guest's wallet to the host's. The host has it at once: a refund takes it back from there, and nothing
 * pays out of a host's wallet yet.
 */
export function captureOf({ bookingId, guestId, hostId, amount, currency }: Payment, now: Date): Movement {
  const entries = transfer(walletOf(guestId), walletOf(hostId), amount);
  return { id: `payment-${bookingId}`, kind: 'PAYMENT', entries, currency, at: now.toISOString(), bookingId };
}

/** The price goes back. */
export function refundOf({ bookingId, guestId, hostId, amount, currency }: Payment, now: Date): Movement {
  const entries = transfer(walletOf(hostId), walletOf(guestId), amount);
  return { id: `refund-${bookingId}`, kind: 'REFUND', entries, currency, at: now.toISOString(), bookingId };
}

/** Whether a user has part in a payment: others must not see it. */
export function concerns({ guestId, hostId }: Payment, userId: string | undefined): boolean {
  return userId === guestId || userId === hostId;
}
