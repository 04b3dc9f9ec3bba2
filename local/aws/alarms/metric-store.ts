/** A metric of CloudWatch. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

interface Bucket {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Number of samples by value, rounded. */
  samples: Map<number, number>;
}

/** Milliseconds; the standard resolution of CloudWatch. */
export const RESOLUTION = 60_000;
/** Milliseconds that values are kept. */
export const RETENTION = 3 * 3_600_000;
/** Significant digits of a value in percentiles. */
const DIGITS = 3;

/** Stores the values of metrics, by minute. */
export class MetricStore {
  readonly #now: () => number;
  readonly #series = new Map<string, Map<number, Bucket>>();
  /** Latest minute with a value. */
  #latest = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Adds a value; `time` is in epoch milliseconds, now by default. */
  record(metric: Metric, value: number, time = this.#now()): void {
    if (!Number.isFinite(value)) return;
    const minute = Math.floor(time / RESOLUTION) * RESOLUTION;
    if (minute > this.#latest) this.#dropBefore(minute - RETENTION);
    this.#latest = Math.max(this.#latest, minute);
    const key = keyOf(metric);
    const series = this.#series.get(key) ?? new Map<number, Bucket>();
    this.#series.set(key, series);
    const bucket = series.get(minute) ?? newBucket();
    series.set(minute, bucket);
    const rounded = Number(value.toPrecision(DIGITS));
    bucket.count++;
    bucket.sum += value;
    bucket.min = Math.min(bucket.min, value);
    bucket.max = Math.max(bucket.max, value);
    bucket.samples.set(rounded, (bucket.samples.get(rounded) ?? 0) + 1);
  }

  /**
   * Returns a statistic of the values from `from` until before `to`; undefined if there are none. Statistics are `Sum`, `Average`,
   * `Minimum`, `Maximum`, `SampleCount`, and percentiles such as `p99`.
   */
  statistic(metric: Metric, statistic: string, from: number, to: number): number | undefined {
    const series = this.#series.get(keyOf(metric));
    const buckets = [...(series ?? [])].filter(([minute]) => minute >= from && minute < to).map(([, bucket]) => bucket);
    if (buckets.length === 0) return undefined;
    const percent = /^p(\d+(\.\d+)?)$/.exec(statistic)?.[1];
    return percent === undefined ? STATISTICS[statistic]?.(buckets) : percentile(buckets, Number(percent) / 100);
  }

  #dropBefore(time: number): void {
    for (const [key, series] of this.#series) {
      for (const minute of series.keys()) if (minute < time) series.delete(minute);
      if (series.size === 0) this.#series.delete(key);
    }
  }
}

function newBucket(): Bucket {
  return { count: 0, sum: 0, min: Infinity, max: -Infinity, samples: new Map() };
}

/** Whether a statistic is supported. */
export function isStatistic(name: string): boolean {
  return name in STATISTICS || /^p\d+(\.\d+)?$/.test(name);
}

const sumOf = (buckets: Bucket[], value: (bucket: Bucket) => number) =>
  buckets.reduce((sum, bucket) => sum + value(bucket), 0);

const STATISTICS: Record<string, (buckets: Bucket[]) => number> = {
  Sum: (buckets) => sumOf(buckets, ({ sum }) => sum),
  SampleCount: (buckets) => sumOf(buckets, ({ count }) => count),
  Average: (buckets) => sumOf(buckets, ({ sum }) => sum) / sumOf(buckets, ({ count }) => count),
  Minimum: (buckets) => Math.min(...buckets.map(({ min }) => min)),
  Maximum: (buckets) => Math.max(...buckets.map(({ max }) => max)),
};

/** Returns the smallest value that at least `fraction` of the samples do not exceed. */
function percentile(buckets: Bucket[], fraction: number): number {
  const samples = buckets.flatMap((bucket) => [...bucket.samples]).sort(([a], [b]) => a - b);
  let left = fraction * sumOf(buckets, ({ count }) => count);
  for (const [value, count] of samples) {
    left -= count;
    if (left <= 0) return value;
  }
  return samples.at(-1)?.[0] ?? 0;
}

function keyOf({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
