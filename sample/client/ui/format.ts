import type { RoomType } from '../__generated__/operations.ts';

/** Formats an amount in minor units as `$149` or `$149.50`. */
export function money({ amount, currency }: { amount: number; currency: string }): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
}

/** Formats a time as `May 2026`. */
export function monthOf(time: string): string {
  return new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(time));
}

/** Formats a date range as `Aug 2 – 5, 2027`. */
export function days(from: string, to: string): string {
  const format = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
  return format.formatRange(new Date(from), new Date(to));
}

/** Formats a count as `1 night` or `3 nights`. */
export function count(number: number, one: string, more = `${one}s`): string {
  return `${number} ${number === 1 ? one : more}`;
}

export const ROOM_TYPES: Record<RoomType, string> = {
  ENTIRE_HOME: 'Entire home',
  PRIVATE_ROOM: 'Private room',
  SHARED_ROOM: 'Shared room',
};
