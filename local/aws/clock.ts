interface Wait {
  /** Epoch milliseconds. */
  at: number;
  end: () => void;
  timer: NodeJS.Timeout;
}

/** Clock of alarms and deployments. It can be set ahead, so that five minutes need not be waited for. */
export class Clock {
  readonly #base: () => number;
  readonly #waits = new Set<Wait>();
  #ahead = 0;

  /** `base` returns the time to be ahead of, in epoch milliseconds; the machine's by default. */
  constructor(base: () => number = Date.now) {
    this.#base = base;
  }

  /** Returns the time in epoch milliseconds. */
  now(): number {
    return this.#base() + this.#ahead;
  }

  /** Waits a number of milliseconds, or until the signal is aborted. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(wait.timer);
        this.#waits.delete(wait);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const wait: Wait = { at: this.now() + milliseconds, end, timer: timerFor(end, milliseconds) };
      this.#waits.add(wait);
      signal?.addEventListener('abort', end);
    });
  }

  /** Sets the clock ahead. All that waits for a time until then happens in order, each at its time. */
  async advance(milliseconds: number): Promise<void> {
    const target = this.now() + milliseconds;
    for (let next = this.#next(target); next; next = this.#next(target)) {
      this.#moveTo(next.at);
      next.end();
      await new Promise(setImmediate);
    }
    this.#moveTo(target);
    for (const wait of this.#waits) {
      clearTimeout(wait.timer);
      wait.timer = timerFor(wait.end, wait.at - this.now());
    }
  }

  #next(target: number): Wait | undefined {
    const [first] = [...this.#waits].filter(({ at }) => at <= target).sort((a, b) => a.at - b.at);
    return first;
  }

  #moveTo(time: number): void {
    this.#ahead = Math.max(this.#ahead, time - this.#base());
  }
}

function timerFor(end: () => void, milliseconds: number): NodeJS.Timeout {
  return setTimeout(end, Math.max(0, milliseconds)).unref();
}
