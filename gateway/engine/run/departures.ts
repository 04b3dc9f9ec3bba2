import { monotonicNow } from '#platform/monotonic-clock.ts';
import type { CompiledFetch } from './compiled-program.ts';

/** How long a fetch that others wait for gives to those that share its call, at least; milliseconds. */
const SHORT_WAIT_MS = 10;
/** … and one that nothing waits for: a subgraph that hangs must not take its time too. */
const LONG_WAIT_MS = 1_000;

interface Call {
  arrived: CompiledFetch[];
  /** Fetches that have neither left nor stayed away. */
  awaited: number;
  timer?: NodeJS.Timeout;
  leavesAt?: number;
}

/** Lets calls leave: when all fetches that share one have arrived, or when those that have can wait no longer. */
export class Departures {
  readonly #calls: Call[];
  readonly #leave: (fetches: CompiledFetch[]) => void;
  readonly #began = monotonicNow();

  constructor(callSizes: number[], leave: (fetches: CompiledFetch[]) => void) {
    this.#calls = callSizes.map((awaited) => ({ arrived: [], awaited }));
    this.#leave = leave;
  }

  /** A fetch is ready to go. */
  arrive(fetch: CompiledFetch): void {
    const call = this.#callOf(fetch);
    call.arrived.push(fetch);
    if (call.arrived.length === call.awaited) this.#depart(call);
    else this.#waitAtMost(call, this.#patience(fetch));
  }

  /** A fetch is not needed. */
  stayAway(fetch: CompiledFetch): void {
    const call = this.#callOf(fetch);
    call.awaited -= 1;
    if (call.arrived.length > 0 && call.arrived.length === call.awaited) this.#depart(call);
  }

  #depart(call: Call): void {
    clearTimeout(call.timer);
    const { arrived } = call;
    call.awaited -= arrived.length;
    call.arrived = [];
    delete call.leavesAt;
    this.#leave(arrived);
  }

  /** A fetch waits as long again as it took to get here. */
  #patience({ dependents }: CompiledFetch): number {
    if (dependents.length === 0) return LONG_WAIT_MS;
    return Math.max(SHORT_WAIT_MS, monotonicNow() - this.#began);
  }

  #waitAtMost(call: Call, milliseconds: number): void {
    const leavesAt = monotonicNow() + milliseconds;
    if (call.leavesAt !== undefined && call.leavesAt <= leavesAt) return;
    clearTimeout(call.timer);
    call.leavesAt = leavesAt;
    call.timer = setTimeout(() => this.#depart(call), milliseconds);
  }

  #callOf({ fetch }: CompiledFetch): Call {
    const call = this.#calls[fetch.call];
    if (!call) throw new Error(`The program has no call ${fetch.call}`);
    return call;
  }
}
