/** Returns milliseconds of a clock that never goes back, for durations. Node would load a module of its own for `performance`. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
