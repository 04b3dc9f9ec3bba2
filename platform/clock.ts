import { optionalEnv } from './env.ts';

const MILLISECONDS = 1_000;

/** Gives the time of day. `CLOCK_SHIFT_SECONDS` shifts it, so that a test can let days pass. */
export function systemClock(): () => Date {
  const shift = Number(optionalEnv('CLOCK_SHIFT_SECONDS') ?? 0) * MILLISECONDS;
  return () => new Date(Date.now() + shift);
}
