import { SubgraphFailure } from '../engine/run/subgraph-failure.ts';
import type { GatewayHooks } from './hooks.ts';

export interface CircuitBreakerOptions {
  subgraph: string;
  /** Consecutive failures that open the circuit. */
  failures: number;
  /** Milliseconds for which calls fail immediately, before the next attempt. */
  openFor: number;
  /** Returns epoch milliseconds. */
  now?: () => number;
}

/** Returns a hook that stops calling a subgraph while it keeps failing. Each Lambda environment counts separately. */
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
        throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'is not called at the moment because recent calls failed.');
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
