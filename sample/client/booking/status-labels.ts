import type { BookingStatus } from '../__generated__/operations.ts';

/** Labels of booking statuses. */
export const STATUS_LABELS: Record<BookingStatus, string> = {
  PENDING: 'Waiting for payment',
  CONFIRMED: 'Booked and paid',
  CANCELLED: 'Cancelled',
  EXPIRED: 'Not paid in time',
};
