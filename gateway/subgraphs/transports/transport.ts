import type { IncomingHttpHeaders } from 'node:http';
import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { SubgraphOperation } from '../../engine/run/subgraph-operation.ts';
import type { GatewayRequest } from '../../request.ts';
import type { TimeLimit } from './time-limit.ts';

/** What is sent to a subgraph. */
export interface SubgraphCall {
  operation: SubgraphOperation;
  /** JSON text of the operation's variables. */
  variables: string;
  caller: GatewayRequest;
  /** Whether the answer's extensions should carry a federated trace, `ftv1`. */
  wantsTrace: boolean;
  /** Epoch milliseconds after which nobody waits for the answer. */
  deadline: number;
}

/** What came back. */
export interface SubgraphAnswer {
  response: SubgraphResponse;
  /** Of an HTTP answer. */
  headers?: IncomingHttpHeaders;
}

/** Sends a call to one subgraph. Throws InvalidAnswer, Throttled, SubgraphDown, or what went wrong on the way. */
export type Transport = (call: SubgraphCall, limit: TimeLimit) => Promise<SubgraphAnswer>;
