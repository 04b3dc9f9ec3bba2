/** What a stage of an API takes, whoever sends it. */
export interface Throttle {
  /** Requests a second. */
  rate: number;
  /** Requests at once. */
  burst: number;
}

/**
 * A bucket that holds as many tokens as there may be requests at once, and is filled steadily.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export class TokenBucket {
  #spent = 0;
  #filledAt = 0;

  /** Whether one more request is taken, `now` in milliseconds. */
  takes({ rate, burst }: Throttle, now: number): boolean {
    this.#spent = Math.max(0, this.#spent - ((now - this.#filledAt) / 1_000) * rate);
    this.#filledAt = now;
    if (this.#spent + 1 > burst) return false;
    this.#spent++;
    return true;
  }
}
