/** The end of waiting for one call. An AbortSignal would do as well, but costs as much as all else about a call. */
export class TimeLimit {
  readonly #timer: NodeJS.Timeout;
  #hasPassed = false;
  #end: (() => void) | undefined;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => this.#pass(), milliseconds);
  }

  get hasPassed(): boolean {
    return this.#hasPassed;
  }

  /** Says how to end what is waited for; it takes the place of what was said before. */
  onPass(end: () => void): void {
    if (this.#hasPassed) end();
    else this.#end = end;
  }

  /** The waiting is over in time. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  #pass(): void {
    this.#hasPassed = true;
    this.#end?.();
  }
}
