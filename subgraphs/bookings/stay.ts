/** Dates of a stay, ISO 8601, UTC. */
export interface Stay {
  checkIn: string;
  /** Day of departure. Its night is not part of the stay: nights are [checkIn, checkOut). */
  checkOut: string;
}

/** Longest stay whose nights, booking and event fit into one transaction. */
export const MAX_NIGHTS = 90;

const DAY_MS = 86_400_000;

/** Returns the UTC day of a time. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Returns the day that is `days` after `day`. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** Returns the number of nights; zero or negative if `checkOut` is not after `checkIn`. */
export function nightCount({ checkIn, checkOut }: Stay): number {
  return (Date.parse(checkOut) - Date.parse(checkIn)) / DAY_MS;
}

/** Returns the nights of a stay, each as the day on which it begins. */
export function nightsOf(stay: Stay): string[] {
  return Array.from({ length: Math.max(0, nightCount(stay)) }, (_, i) => addDays(stay.checkIn, i));
}
