/** Returns the median. */
export function median(values: number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** Returns a percentile by the nearest-rank method. */
export function percentile(values: number[], percent: number): number {
  const rank = Math.ceil((percent / 100) * values.length);
  return ascending(values)[Math.max(rank, 1) - 1] ?? Number.NaN;
}

/** Returns the median of each property. */
export function mediansOf<Name extends string>(rows: Record<Name, number>[]): Record<Name, number> {
  const [first] = rows;
  if (!first) throw new Error('There are no values');
  const entries = Object.keys(first).map((name) => [name, median(rows.map((row) => row[name as Name]))]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function ascending(values: number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
