/** Each call at once starts an environment of its function: on a small machine, two are answered soonest. */
const AT_ONCE = 2;

/** Runs something for each item, a few at once. */
export async function fewAtOnce<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item; item = left.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
