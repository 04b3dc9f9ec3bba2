import { styleText } from 'node:util';

/** Formats a number with useful precision. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value >= 10 ? 3 : 2);
}

/** Formats the ratio of two values, such as `6.6 ×`; a dash without the second. */
export function times(value: number, base: number | undefined): string {
  return base ? `${figure(value / base)} ×` : '–';
}

/** A performance target: a limit for the ratio of two measurements. */
export interface Bar {
  /** Description: `requests/s against stock`. */
  says: string;
  value: number | undefined;
  base: number | undefined;
  atLeast?: number;
  atMost?: number;
}

/** Returns a line for each measured target: whether it is met, and the ratio. */
export function barLines(bars: Bar[]): string[] {
  return bars.flatMap(({ says, value, base, atLeast = 0, atMost = Number.POSITIVE_INFINITY }) => {
    if (value === undefined || base === undefined) return [];
    const ratio = value / base;
    const isHeld = ratio >= atLeast && ratio <= atMost;
    const limit = atLeast > 0 ? `at least ${atLeast} ×` : `at most ${atMost} ×`;
    const line = `${isHeld ? '✓' : '✗'} ${says}: ${times(value, base)} (${limit})`;
    return [styleText(isHeld ? 'green' : 'red', line)];
  });
}
