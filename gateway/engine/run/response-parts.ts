import type { ProgramFetch } from '../program.ts';

/** Counts the incomplete fetches of the initial response and of each deferred fragment. */
export class ResponseParts {
  readonly #deferred: ReadonlySet<number>;
  /** Number of incomplete fetches by index of the deferred fragment; undefined: the initial response. */
  readonly #unfinished = new Map<number | undefined, number>();
  readonly #waiting = new Set<{ isOver: () => boolean; resolve: () => void; reject: (error: unknown) => void }>();
  #failure: { error: unknown } | undefined;

  /** `deferred`: indexes of the fragments that are delivered later. */
  constructor(fetches: readonly ProgramFetch[], deferred: ReadonlySet<number>) {
    this.#deferred = deferred;
    for (const fetch of fetches) this.#add(fetch, 1);
  }

  /** Resolves when all fetches of the initial response are complete. */
  initial(): Promise<void> {
    return this.#until(() => this.#isComplete(undefined));
  }

  isReady(deferred: number): boolean {
    return this.#isComplete(deferred);
  }

  oneReady(deferred: number[]): Promise<void> {
    return this.#until(() => deferred.some((each) => this.#isComplete(each)));
  }

  complete(fetch: ProgramFetch): void {
    this.#add(fetch, -1);
    for (const each of this.#waiting) {
      if (!each.isOver()) continue;
      this.#waiting.delete(each);
      each.resolve();
    }
  }

  /** Rejects all that waits: a fault of the gateway itself. */
  fail(error: unknown): void {
    this.#failure = { error };
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting.clear();
  }

  #until(isOver: () => boolean): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    if (isOver()) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.add({ isOver, resolve, reject }));
  }

  #isComplete(part: number | undefined): boolean {
    return (this.#unfinished.get(part) ?? 0) === 0;
  }

  #add({ deferred }: ProgramFetch, count: number): void {
    const part = deferred !== undefined && this.#deferred.has(deferred) ? deferred : undefined;
    this.#unfinished.set(part, (this.#unfinished.get(part) ?? 0) + count);
  }
}
