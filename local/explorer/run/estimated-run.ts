import type { ExplainedCall, ExplainedFetch, Explanation, FunctionRun } from '#platform/telemetry/explanation.ts';
import type { FunctionDescription } from '../../assembly/describe-system.ts';
import { functionOf } from '../system.ts';

/** Table call of a subgraph of which no call has been measured. */
const READ_ONE = { action: 'GetItem', began: 0, ended: 4, readUnits: 0.5, writeUnits: 0, items: 1 };
/** Milliseconds of its handler. */
export const UNMEASURED_RUN = 10;

/** Warm runs of subgraphs that this page has measured. */
export class MeasuredRuns {
  readonly #byService = new Map<string, FunctionRun>();
  readonly #functions: readonly FunctionDescription[];

  constructor(functions: readonly FunctionDescription[]) {
    this.#functions = functions;
  }

  /** Keeps the last warm run of each service. */
  add({ calls }: Explanation): void {
    for (const { service, function: run } of calls) {
      if (run && run.init === undefined) this.#byService.set(service, run);
    }
  }

  of(service: string): FunctionRun {
    const known = this.#byService.get(service);
    if (known) return known;
    const { name, memory } = functionOf(this.#functions, service);
    return { name, memory, run: UNMEASURED_RUN, tables: [{ table: name, ...READ_ONE }], events: [] };
  }
}

/**
 * Returns the explanation that a plan's run would have, if each call took what the last call of its subgraph took. As when it runs,
 * there is one call for the fetches of one service that depend on equally many others.
 */
export function estimatedRun(explanation: Explanation, measured: MeasuredRuns): Explanation {
  const calls = new Map<string, ExplainedCall>();
  explanation.plan.forEach(({ service, operation }, index, plan) => {
    const key = `${levelOf(plan, index)} ${service}`;
    const call = calls.get(key);
    if (call) call.fetches.push(index);
    else calls.set(key, { ...NO_CALL, service, fetches: [index], query: operation, function: measured.of(service) });
  });
  return { ...explanation, calls: [...calls.values()], gateway: { ...explanation.gateway, init: undefined } };
}

const NO_CALL = { variables: {}, began: 0, ended: 0, requestBytes: 0, responseBytes: 0 };

function levelOf(plan: readonly ExplainedFetch[], index: number): number {
  const { after = [] } = plan[index] ?? {};
  return after.length === 0 ? 0 : 1 + Math.max(...after.map((each) => levelOf(plan, each)));
}
