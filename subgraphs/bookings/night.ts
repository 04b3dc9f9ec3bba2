/** A night of a listing that a booking has. */
export interface Night {
  listingId: string;
  /** The day on which it begins. */
  date: string;
  bookingId: string;
  /** Until when it is held without payment, RFC 3339, UTC; a night that is paid for has no such end. */
  heldUntil?: string;
}

/** Names a night of a listing, whether anybody has it or not. */
export type NightKey = Pick<Night, 'listingId' | 'date'>;

/** Whether a night can be had: nobody has it, or who held it has not paid in time. */
export function isFree(night: Night | undefined, now: Date): boolean {
  return !night || (night.heldUntil !== undefined && night.heldUntil < now.toISOString());
}
