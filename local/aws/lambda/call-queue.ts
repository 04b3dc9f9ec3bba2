/** Calls that wait until their function has an environment for them: who came first goes first. */
export class CallQueue {
  readonly #calls = new Map<string, Set<() => void>>();

  /** Waits to be woken; false when the time is over. */
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

  /** Wakes the first that waits. */
  wakeOne(functionName: string): void {
    const [first] = this.#calls.get(functionName) ?? [];
    first?.();
  }

  /** Wakes all that wait for a function, or for any. */
  wakeAll(functionName?: string): void {
    const sets = functionName === undefined ? [...this.#calls.values()] : [this.#calls.get(functionName) ?? []];
    for (const wake of sets.flatMap((calls) => [...calls])) wake();
  }
}
