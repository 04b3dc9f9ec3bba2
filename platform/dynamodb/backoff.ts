const FIRST_WAIT_MS = 25;

/** Waits before a try that follows `attempt` failed ones: a random part of a time that doubles. */
export function backoff(attempt: number): Promise<void> {
  const wait = FIRST_WAIT_MS * 2 ** attempt * Math.random();
  return new Promise((resolve) => setTimeout(resolve, wait));
}
