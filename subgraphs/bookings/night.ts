/** A booked night of a listing. */
export interface Night {
  listingId: string;
  /** Day on which the night begins. */
  date: string;
  bookingId: string;
  /** End of the hold without payment, RFC 3339, UTC. Absent once paid. */
  heldUntil?: string;
}

/** Key of a night, booked or free. */
export type NightKey = Pick<Night, 'listingId' | 'date'>;

/** Whether a night can be booked: it has no booking, or its hold has expired. */
export function isFree(night: Night | undefined, now: Date): boolean {
  return !night || (night.heldUntil !== undefined && night.heldUntil < now.toISOString());
}
