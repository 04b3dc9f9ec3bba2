import { daysBetween, daysFromTo, monthOf } from './calendar.ts';
import type { Figures } from './fact.ts';

/** Bookings and revenue of a listing in a date range. */
export interface ListingStats {
  /** Stays that begin in the range. */
  bookings: number;
  nights: number;
  /** From 0 to 1. */
  occupancy: number;
  /** Minor units. */
  revenue: number;
  days: { date: string; booked: boolean; revenue: number }[];
}

const MAX_DAYS = 366;

/** Returns the validation error of a range, if any. `to` is exclusive. */
export function rangeError(from: string, to: string): string | undefined {
  const days = daysFromTo(from, to);
  return days >= 1 && days <= MAX_DAYS ? undefined : `to must be from 1 to ${MAX_DAYS} days after from.`;
}

/** Returns the months whose figures the stats of a range need. */
export function monthsOf(from: string, to: string): string[] {
  return [...new Set(daysBetween(from, to).map(monthOf))];
}

/** Calculates the stats of a range from the figures of its months. */
export function statsOf(from: string, to: string, months: Map<string, Figures>): ListingStats {
  const days = daysBetween(from, to).map((date) => {
    const figure = (name: string) => months.get(monthOf(date))?.[`${name}@${date.slice(-2)}`] ?? 0;
    return { date, nights: figure('nights'), bookings: figure('bookings'), revenue: figure('revenue') };
  });
  const sum = (name: 'nights' | 'bookings' | 'revenue') => days.reduce((total, day) => total + day[name], 0);
  return {
    bookings: sum('bookings'),
    nights: sum('nights'),
    occupancy: sum('nights') / days.length,
    revenue: sum('revenue'),
    days: days.map(({ date, nights, revenue }) => ({ date, booked: nights > 0, revenue })),
  };
}
