import type { BookingStatus } from '../__generated__/operations.ts';

/** Where a booking stands, in a word or two. */
export const BOOKING_WORDS: Record<BookingStatus, string> = {
  PENDING: 'Waiting for payment',
  CONFIRMED: 'Booked and paid',
  CANCELLED: 'Cancelled',
  EXPIRED: 'Not paid in time',
};
