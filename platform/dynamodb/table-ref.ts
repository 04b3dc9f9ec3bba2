/** A service's table by name, with the names of its key attributes. */
export interface TableRef {
  name: string;
  partitionKey: string;
  sortKey?: string;
}

/** The attribute, epoch seconds, after which DynamoDB takes an item away; the same in every table. */
export const EXPIRES_AT = 'expiresAt';

const DAY_SECONDS = 86_400;

/** The expiry of an item that is of use for a number of days. */
export function daysFrom(time: Date, days: number): number {
  return Math.floor(time.getTime() / 1_000) + days * DAY_SECONDS;
}

/** The key of an item that stands alone in its partition. */
export function soleKey({ partitionKey, sortKey }: TableRef, id: string): Record<string, string> {
  return { [partitionKey]: id, ...(sortKey && { [sortKey]: id }) };
}
