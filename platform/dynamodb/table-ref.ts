/** Name and key attributes of a service's table. */
export interface TableRef {
  name: string;
  partitionKey: string;
  sortKey?: string;
}

/** Time-to-live attribute of every table, epoch seconds. */
export const EXPIRES_AT = 'expiresAt';

const DAY_SECONDS = 86_400;

/** Returns the expiry of an item after a number of days, epoch seconds. */
export function expiryTime(time: Date, days: number): number {
  return Math.floor(time.getTime() / 1_000) + days * DAY_SECONDS;
}

/** Returns the key of an item that is the only one of its partition. */
export function singletonKey({ partitionKey, sortKey }: TableRef, id: string): Record<string, string> {
  return { [partitionKey]: id, ...(sortKey && { [sortKey]: id }) };
}
