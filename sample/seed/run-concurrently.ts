/** Each concurrent call starts a function environment. Two are fastest on a small machine. */
const CONCURRENCY = 2;

/** Runs a function for each item, with limited concurrency. */
export async function runConcurrently<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
