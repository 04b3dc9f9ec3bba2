const DAY_MS = 86_400_000;

/** Returns the UTC day of a time. Days are `2026-05-01`, months `2026-05`, and a week is its Monday. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Returns the day that is `days` after `day`. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** Returns the number of days from `from` to `to`, negative if `to` is before `from`. */
export function daysFromTo(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Returns the days from `from` to the day before `to`: the nights of a stay. */
export function daysBetween(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, daysFromTo(from, to)) }, (_, i) => addDays(from, i));
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Returns the last `count` months up to the month of a day, oldest first. */
export function monthsUpTo(day: string, count: number): string[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return Array.from({ length: count }, (_, i) => monthOf(dayOf(new Date(Date.UTC(year, month - count + i, 1)))));
}

export function weekOf(day: string): string {
  const daysSinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return addDays(day, -daysSinceMonday);
}
