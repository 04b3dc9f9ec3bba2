import type { GraphQLFormattedError } from 'graphql';
import type { DomainEvent } from '../events/domain-event.ts';
import type { Viewer } from './viewer.ts';

/**
 * The gateway's request to a subgraph's function. The call is authorized by IAM, so a subgraph can trust it. It only has the
 * client headers of the gateway's header rules.
 */
export interface SubgraphRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
  viewer?: Viewer;
  /** Id of the client's request in the logs of all functions. */
  requestId: string;
  /** W3C trace context, https://www.w3.org/TR/trace-context/#traceparent-header */
  traceparent: string;
  /** Epoch milliseconds at which the gateway's call times out. */
  deadline: number;
  /** Client headers that the gateway's header rules forward. */
  headers?: Record<string, string>;
  /** Whether the response's extensions should carry a federated trace, `ftv1`. */
  wantsTrace?: boolean;
  /** Set if the response's extensions should carry the FunctionRun of this invocation, `explain`. */
  explain?: true;
  /** Set for a subscription. */
  subscription?: SubscriptionStep;
}

/** A subscription is started once, which only returns its topic in the extensions, and then executed for each event. */
export type SubscriptionStep = { kind: 'start' } | { kind: 'event'; event: DomainEvent };

/** A subgraph's GraphQL response, which Lambda serializes. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

/** Starts a function's environment in advance; the response is empty. */
export interface Ping {
  ping: true;
}

export function isPing(event: unknown): event is Ping {
  return (event as Partial<Ping> | null)?.ping === true;
}

/** Whether an event of a subgraph's function is the gateway's envelope. */
export function isSubgraphRequest(event: unknown): event is SubgraphRequest {
  const candidate = event as Partial<SubgraphRequest> | null;
  return typeof candidate?.query === 'string' && typeof candidate.deadline === 'number';
}
