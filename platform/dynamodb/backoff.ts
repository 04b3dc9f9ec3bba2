const BASE_WAIT_MS = 25;

/** Waits before a retry: exponential backoff with full jitter; `attempt` is the number of failed attempts. */
export function backoff(attempt: number): Promise<void> {
  const wait = BASE_WAIT_MS * 2 ** attempt * Math.random();
  return new Promise((resolve) => setTimeout(resolve, wait));
}
