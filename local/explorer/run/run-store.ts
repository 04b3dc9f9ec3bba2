import { useSyncExternalStore } from 'react';
import type { Explanation } from '#platform/telemetry/explanation.ts';
import type { RequestSizes } from '../../../cost/door-cost.ts';
import type { FunctionDescription } from '../../assembly/describe-system.ts';
import { estimatedRun, MeasuredRuns } from './estimated-run.ts';
import type { Explained } from './explained-fetch.ts';

/** Explanation of a tab's last request. */
export interface Run {
  /** Without `calls` if the operation has only been planned. */
  explanation?: Explanation | undefined;
  hasRun: boolean;
  /** The run as expected from its plan and earlier runs. */
  estimated?: Explanation | undefined;
  sizes: RequestSizes;
  /** Why there is no explanation. */
  problem?: string | undefined;
}

const NO_RUN: Run = { hasRun: false, sizes: { request: 0, response: 0 } };

/** Explanations by editor tab, in memory. */
export class RunStore {
  readonly #runs = new Map<string, Run>();
  readonly #measured: MeasuredRuns;
  readonly #listeners = new Set<() => void>();

  constructor(functions: readonly FunctionDescription[]) {
    this.#measured = new MeasuredRuns(functions);
  }

  get(tab: string): Run {
    return this.#runs.get(tab) ?? NO_RUN;
  }

  /** Keeps the explanation of a request that ran, or that was only planned. */
  add(tab: string, { explanation, problem, sizes }: Omit<Explained, 'response'>, hasRun: boolean): void {
    const estimated = explanation && estimatedRun(explanation, this.#measured);
    if (explanation) this.#measured.add(explanation);
    this.#set(tab, { explanation, problem, sizes, hasRun, estimated });
  }

  /** Keeps why a tab's request has no explanation. */
  fail(tab: string, problem: string): void {
    this.#set(tab, { ...NO_RUN, problem });
  }

  #set(tab: string, run: Run): void {
    this.#runs.set(tab, run);
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Returns the last run of a tab; rerenders when it changes. */
export function useRun(store: RunStore, tab: string): Run {
  return useSyncExternalStore(store.subscribe, () => store.get(tab));
}
