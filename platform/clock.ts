import { optionalEnv } from './env.ts';

const MILLISECONDS = 1_000;

/** Returns the system clock, shifted by `CLOCK_SHIFT_SECONDS` in tests that need days to pass. */
export function systemClock(): () => Date {
  const shift = Number(optionalEnv('CLOCK_SHIFT_SECONDS') ?? 0) * MILLISECONDS;
  return () => new Date(Date.now() + shift);
}
