/** When someone stays. Days are ISO dates, in UTC. */
export interface Stay {
  checkIn: string;
  /** The day of departure. Its night is not part of the stay: nights are [checkIn, checkOut). */
  checkOut: string;
}

/** The longest stay: its nights, the booking and its event fit into one transaction. */
export const MAX_NIGHTS = 90;

const DAY_MS = 86_400_000;

/** The day of a moment. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** The day that comes a number of days after another. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** How many nights a stay has; none or fewer if it ends before it begins. */
export function nightCount({ checkIn, checkOut }: Stay): number {
  return (Date.parse(checkOut) - Date.parse(checkIn)) / DAY_MS;
}

/** The nights of a stay, each by the day on which it begins. */
export function nightsOf(stay: Stay): string[] {
  return Array.from({ length: Math.max(0, nightCount(stay)) }, (_, i) => addDays(stay.checkIn, i));
}
