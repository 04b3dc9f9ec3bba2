/** Timeout of one call. An AbortSignal would cost as much as the rest of the call. */
export class TimeLimit {
  readonly #timer: NodeJS.Timeout;
  #hasExpired = false;
  #end: (() => void) | undefined;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => this.#expire(), milliseconds);
  }

  get hasExpired(): boolean {
    return this.#hasExpired;
  }

  /** Sets the callback, replacing the previous one; calls it at once if the limit has expired. */
  onExpire(end: () => void): void {
    if (this.#hasExpired) end();
    else this.#end = end;
  }

  /** Stops the timer. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  #expire(): void {
    this.#hasExpired = true;
    this.#end?.();
  }
}
