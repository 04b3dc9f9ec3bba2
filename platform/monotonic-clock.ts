/** Returns the milliseconds of a monotonic clock, for durations. Does not use `performance`, for which Node loads a module. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
