const DAY_MS = 86_400_000;

/** Days are written `2026-05-01` and are UTC's; months `2026-05`; a week is written as its Monday. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The day that is a number of days after another. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** How many days `to` is after `from`; negative if before. */
export function daysFromTo(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Every day from the first to the one before the last: the nights of a stay. */
export function daysBetween(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, daysFromTo(from, to)) }, (_, i) => addDays(from, i));
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The month of a day and those before it, oldest first. */
export function monthsUpTo(day: string, count: number): string[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return Array.from({ length: count }, (_, i) => monthOf(dayOf(new Date(Date.UTC(year, month - count + i, 1)))));
}

export function weekOf(day: string): string {
  const daysSinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return addDays(day, -daysSinceMonday);
}
