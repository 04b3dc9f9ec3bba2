import type { GraphQLFormattedError } from 'graphql';
import type { Viewer } from './viewer.ts';

/**
 * What the gateway sends when it invokes a subgraph's function. The call is signed by IAM, so a subgraph may trust it.
 * Client headers are not part of it, unless a rule of the gateway names them.
 */
export interface SubgraphRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
  viewer?: Viewer;
  /** Names the client's request in the logs of every function it reaches. */
  requestId: string;
  /** W3C trace context, https://www.w3.org/TR/trace-context/#traceparent-header */
  traceparent: string;
  /** Epoch milliseconds after which nobody waits for the answer. */
  deadline: number;
  /** Client headers that the gateway's rules let through. */
  headers?: Record<string, string>;
  /** Whether the answer's extensions should carry a federated trace, `ftv1`. */
  wantsTrace?: boolean;
}

/** What a subgraph's function returns: a GraphQL response, encoded as JSON once, by Lambda itself. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

/** What the gateway sends to a function that it will need a moment later: it starts, and answers with nothing. */
export interface Ping {
  ping: true;
}

export function isPing(event: unknown): event is Ping {
  return (event as Partial<Ping> | null)?.ping === true;
}

/** Tells the gateway's envelope from the other events that a subgraph's function answers. */
export function isSubgraphRequest(event: unknown): event is SubgraphRequest {
  const candidate = event as Partial<SubgraphRequest> | null;
  return typeof candidate?.query === 'string' && typeof candidate.deadline === 'number';
}
