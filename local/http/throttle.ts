/** Request limit of an API's stage, for all clients together. */
export interface Throttle {
  /** Requests a second. */
  rate: number;
  /** Maximum requests at once. */
  burst: number;
}

/**
 * Token bucket: holds `burst` tokens and refills at `rate` tokens a second.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export class TokenBucket {
  #spent = 0;
  #filledAt = 0;

  /** Takes a token for a request, `now` in milliseconds; returns false if there is none. */
  tryTake({ rate, burst }: Throttle, now: number): boolean {
    this.#spent = Math.max(0, this.#spent - ((now - this.#filledAt) / 1_000) * rate);
    this.#filledAt = now;
    if (this.#spent + 1 > burst) return false;
    this.#spent++;
    return true;
  }
}
