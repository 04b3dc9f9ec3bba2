import type { BookingFacts } from '../bookings/events.ts';
import { type Movement, transfer, walletOf } from './ledger.ts';

export const PAYMENT_STATUSES = ['CAPTURED', 'DECLINED', 'REFUNDED', 'VOID'] as const;

/** The payment of a booking. Each booking has at most one. */
export interface Payment {
  bookingId: string;
  guestId: string;
  hostId: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** `VOID` if the booking was cancelled before its payment: it is never captured. */
  status: (typeof PAYMENT_STATUSES)[number];
  /** Time of the first attempt. RFC 3339, UTC. */
  at: string;
}

/** Creates the payment of a booking. */
export function createPayment(booking: BookingFacts, status: Payment['status'], now: Date): Payment {
  const { bookingId, guestId, hostId, total } = booking;
  return { bookingId, guestId, hostId, ...total, status, at: now.toISOString() };
}

/**
 * Creates the movement of a capture, from the guest's wallet to the host's. A refund takes the price from the host's wallet,
 * which has no payouts yet.
 */
export function captureMovement({ bookingId, guestId, hostId, amount, currency }: Payment, now: Date): Movement {
  const entries = transfer(walletOf(guestId), walletOf(hostId), amount);
  return { id: `payment-${bookingId}`, kind: 'PAYMENT', entries, currency, at: now.toISOString(), bookingId };
}

/** Creates the movement of a refund, from the host's wallet to the guest's. */
export function refundMovement({ bookingId, guestId, hostId, amount, currency }: Payment, now: Date): Movement {
  const entries = transfer(walletOf(hostId), walletOf(guestId), amount);
  return { id: `refund-${bookingId}`, kind: 'REFUND', entries, currency, at: now.toISOString(), bookingId };
}

/** Whether a user is the guest or host of a payment. Others must not see it. */
export function isParty({ guestId, hostId }: Payment, userId: string | undefined): boolean {
  return userId === guestId || userId === hostId;
}
