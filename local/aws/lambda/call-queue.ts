/** Calls that wait for an environment of their function, first in, first out. */
export class CallQueue {
  readonly #calls = new Map<string, Set<() => void>>();

  /** Waits to be woken; resolves to false after `milliseconds`. */
  wait(functionName: string, milliseconds: number): Promise<boolean> {
    const calls = this.#calls.get(functionName) ?? new Set();
    this.#calls.set(functionName, calls);
    return new Promise((resolve) => {
      const settle = (isWoken: boolean) => {
        clearTimeout(timer);
        calls.delete(wake);
        resolve(isWoken);
      };
      const wake = () => settle(true);
      const timer = setTimeout(settle, milliseconds, false);
      calls.add(wake);
    });
  }

  /** Returns the number of a function's waiting calls. */
  count(functionName: string): number {
    return this.#calls.get(functionName)?.size ?? 0;
  }

  /** Wakes the function's first waiting call. */
  wakeOne(functionName: string): void {
    const [first] = this.#calls.get(functionName) ?? [];
    first?.();
  }

  /** Wakes all waiting calls of a function, or of all functions. */
  wakeAll(functionName?: string): void {
    const sets = functionName === undefined ? [...this.#calls.values()] : [this.#calls.get(functionName) ?? []];
    for (const wake of sets.flatMap((calls) => [...calls])) wake();
  }
}
