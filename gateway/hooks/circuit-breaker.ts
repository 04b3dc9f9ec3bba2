import { SubgraphFailure } from '../engine/run/subgraph-failure.ts';
import type { GatewayHooks } from './hooks.ts';

export interface CircuitBreakerOptions {
  subgraph: string;
  /** Failed calls in a row that open the circuit. */
  failures: number;
  /** Milliseconds for which calls fail at once; then one is tried again. */
  openFor: number;
  /** Returns the time, epoch milliseconds. */
  now?: () => number;
}

/** Returns a hook that calls one subgraph no more while it keeps failing. Each environment of the gateway counts for itself. */
export function circuitBreaker({
  subgraph,
  failures,
  openFor,
  now = Date.now,
}: CircuitBreakerOptions): Pick<GatewayHooks, 'onSubgraphRequest'> {
  let failedInARow = 0;
  let openUntil = 0;
  return {
    onSubgraphRequest: async (call, send) => {
      if (call.subgraph !== subgraph) return send();
      if (now() < openUntil)
        throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'is not called at the moment: it kept failing.');
      try {
        const response = await send();
        failedInARow = 0;
        return response;
      } catch (error) {
        failedInARow++;
        if (failedInARow >= failures) openUntil = now() + openFor;
        throw error;
      }
    },
  };
}
