/** Limits how many pieces of asynchronous work run at a time. */
export class Limiter {
  readonly #maximum: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Runs work as soon as there is room. */
  async run<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#running >= this.#maximum) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  /** Runs a function for all items; rejects with the first error after all have ended. */
  async each<Item>(items: Iterable<Item>, run: (item: Item) => Promise<void>): Promise<void> {
    const results = await Promise.allSettled([...items].map((item) => this.run(() => run(item))));
    const failure = results.find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
  }
}
