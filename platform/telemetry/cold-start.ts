/** An environment that waited longer, in milliseconds, for its first invocation was started in advance, not for that invocation. */
const MAX_WAIT_MS = 1_000;

/**
 * Returns a function to call with each invocation, which returns the milliseconds from process start to the first invocation, and
 * undefined for all later ones, or if the environment was started in advance. Create it when the code is loaded.
 */
export function coldStartTimer(): () => number | undefined {
  const loadedAt = process.uptime();
  let isFirst = true;
  return () => {
    if (!isFirst) return undefined;
    isFirst = false;
    const startedFor = process.uptime();
    return (startedFor - loadedAt) * 1_000 > MAX_WAIT_MS ? undefined : startedFor * 1_000;
  };
}
