import type { IncomingHttpHeaders } from 'node:http';
import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { SubgraphOperation } from '../../engine/run/subgraph-operation.ts';
import type { GatewayRequest } from '../../request.ts';
import type { TimeLimit } from './time-limit.ts';

/** A call of a subgraph. */
export interface SubgraphCall {
  operation: SubgraphOperation;
  /** JSON text of the operation's variables. */
  variables: string;
  caller: GatewayRequest;
  /** Whether the response's extensions should carry a federated trace, `ftv1`. */
  wantsTrace: boolean;
  /** Epoch milliseconds at which the call times out. */
  deadline: number;
}

/** A subgraph's response. */
export interface TransportResult {
  response: SubgraphResponse;
  /** HTTP headers, if it came over HTTP. */
  headers?: IncomingHttpHeaders;
}

/** Sends a call to one subgraph. Throws InvalidResponse, Throttled, SubgraphUnavailable, ResponseTooLarge or a network error. */
export type Transport = (call: SubgraphCall, limit: TimeLimit) => Promise<TransportResult>;
