import { backoff } from './backoff.ts';

const ATTEMPTS = 6;

/**
 * Optimistic-concurrency retry: repeats a read and conditional write until it succeeds. An attempt returns undefined on a
 * conflict. Returns undefined if all attempts conflict.
 */
export async function retryOnConflict<Result>(attempt: () => Promise<Result | undefined>): Promise<Result | undefined> {
  for (let failures = 0; failures < ATTEMPTS; failures++) {
    if (failures > 0) await backoff(failures);
    const result = await attempt();
    if (result !== undefined) return result;
  }
  return undefined;
}
