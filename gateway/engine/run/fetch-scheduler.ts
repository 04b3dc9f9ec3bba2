import { monotonicNow } from '#platform/monotonic-clock.ts';
import type { CompiledFetch } from './compiled-program.ts';

/** Minimum time that a fetch with dependents waits for the others of its call. */
const MIN_WAIT_MS = 10;
/** Time that a fetch without dependents waits: limited so that a hanging subgraph does not use up its time too. */
const NO_DEPENDENTS_WAIT_MS = 1_000;

interface Call {
  ready: CompiledFetch[];
  /** Number of fetches neither started nor skipped. */
  pending: number;
  timer?: NodeJS.Timeout;
  deadline?: number;
}

/** Starts each call when all of its fetches are ready, or when the wait of one that is ready expires. */
export class FetchScheduler {
  readonly #calls: Call[];
  readonly #startCall: (fetches: CompiledFetch[]) => void;
  readonly #began = monotonicNow();

  constructor(callSizes: number[], startCall: (fetches: CompiledFetch[]) => void) {
    this.#calls = callSizes.map((pending) => ({ ready: [], pending }));
    this.#startCall = startCall;
  }

  /** Adds a ready fetch to its call. */
  add(fetch: CompiledFetch): void {
    const call = this.#callOf(fetch);
    call.ready.push(fetch);
    if (call.ready.length === call.pending) this.#start(call);
    else this.#limitWait(call, this.#maxWait(fetch));
  }

  /** Removes a fetch from its call, because its conditions do not hold. */
  skip(fetch: CompiledFetch): void {
    const call = this.#callOf(fetch);
    call.pending -= 1;
    if (call.ready.length > 0 && call.ready.length === call.pending) this.#start(call);
  }

  #start(call: Call): void {
    clearTimeout(call.timer);
    const { ready } = call;
    call.pending -= ready.length;
    call.ready = [];
    delete call.deadline;
    this.#startCall(ready);
  }

  /** Returns the wait of a fetch: as long as it took to become ready. */
  #maxWait({ dependents }: CompiledFetch): number {
    if (dependents.length === 0) return NO_DEPENDENTS_WAIT_MS;
    return Math.max(MIN_WAIT_MS, monotonicNow() - this.#began);
  }

  #limitWait(call: Call, milliseconds: number): void {
    const deadline = monotonicNow() + milliseconds;
    if (call.deadline !== undefined && call.deadline <= deadline) return;
    clearTimeout(call.timer);
    call.deadline = deadline;
    call.timer = setTimeout(() => this.#start(call), milliseconds);
  }

  #callOf({ fetch }: CompiledFetch): Call {
    const call = this.#calls[fetch.call];
    if (!call) throw new Error(`The program has no call ${fetch.call}`);
    return call;
  }
}
