/** Long, for a busy machine. */
const TIME_MS = 60_000;
const PAUSE_MS = 50;

/** Retries an assertion until it passes; after a minute throws its last error. */
export async function eventually<Value>(assertion: () => Promise<Value>): Promise<Value> {
  const end = Date.now() + TIME_MS;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
