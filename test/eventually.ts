/** Far more than it takes: a machine may be busy. */
const TIME_MS = 60_000;
const PAUSE_MS = 50;

/** Makes an assertion hold: tries it until it does, and throws what it throws when the time is over. */
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
