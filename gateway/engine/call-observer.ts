import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { ProgramFetch } from './program.ts';
import type { ExecutionContext } from './run/execution.ts';

/** Observes the subgraph calls of one operation. */
export interface CallObserver {
  /** Called with the program's fetches before they run. */
  onPlan(fetches: readonly ProgramFetch[]): void;
  /** Called with each call's pending response, and the indexes of its fetches; returns the same response. */
  onCall(service: string, fetches: number[], pending: Promise<SubgraphResponse>): Promise<SubgraphResponse>;
}

/** Wraps `send` so that the observer, if any, sees each call. */
export function observeCalls(
  send: ExecutionContext['send'],
  observer: CallObserver | undefined,
): ExecutionContext['send'] {
  if (!observer) return send;
  return (service, operation, variables, fetches) =>
    observer.onCall(service, fetches, send(service, operation, variables, fetches));
}
