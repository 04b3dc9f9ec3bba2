import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { Program } from './program.ts';
import type { ExecutionContext } from './run/execution.ts';
import type { SubgraphOperation } from './run/subgraph-operation.ts';

/** A call that is sent to a subgraph. */
export interface ObservedCall {
  service: string;
  operation: SubgraphOperation;
  /** JSON text of the operation's variables. */
  variables: string;
  /** Indexes of its fetches. */
  fetches: number[];
}

/** Observes the subgraph calls of one operation. */
export interface CallObserver {
  /** Called with the program before it runs. */
  onPlan(program: Program): void;
  /** Called with each call and its pending response; returns the same response. */
  onCall(call: ObservedCall, pending: Promise<SubgraphResponse>): Promise<SubgraphResponse>;
}

/** Wraps `send` so that the observer, if any, sees each call. */
export function observeCalls(
  send: ExecutionContext['send'],
  observer: CallObserver | undefined,
): ExecutionContext['send'] {
  if (!observer) return send;
  return (service, operation, variables, fetches) =>
    observer.onCall({ service, operation, variables, fetches }, send(service, operation, variables, fetches));
}
