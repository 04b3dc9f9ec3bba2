/** Buckets of a histogram, each 10 % longer than the one before; the first ends at a microsecond. */
const BUCKETS = 384;
const GROWTH = Math.log(1.1);

/** Returns the bucket of a duration in nanoseconds. */
export function bucketOf(nanoseconds: number): number {
  const bucket = Math.ceil(Math.log(nanoseconds / 1_000) / GROWTH);
  return bucket > 0 ? Math.min(bucket, BUCKETS - 1) : 0;
}

/** Histogram of durations in Apollo Studio's format. */
export class DurationHistogram {
  readonly #counts = new Map<number, number>();

  add(nanoseconds: number, weight = 1): void {
    const bucket = bucketOf(nanoseconds);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + weight);
  }

  /** Returns the counts by bucket; a negative number is a run of that many empty buckets. */
  toArray(): number[] {
    const array: number[] = [];
    let next = 0;
    for (const [bucket, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      const empty = bucket - next;
      if (empty > 0) array.push(empty === 1 ? 0 : -empty);
      array.push(Math.floor(count));
      next = bucket + 1;
    }
    return array;
  }
}
