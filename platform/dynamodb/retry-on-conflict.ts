import { backoff } from './backoff.ts';

const ATTEMPTS = 6;

/**
 * Makes a change that begins with a read, and starts anew when another change came in between, which is when the attempt
 * gives undefined: neither is lost. Gives undefined when others always came first.
 */
export async function untilSaved<Result>(attemptOnce: () => Promise<Result | undefined>): Promise<Result | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await backoff(attempt);
    const result = await attemptOnce();
    if (result !== undefined) return result;
  }
  return undefined;
}
