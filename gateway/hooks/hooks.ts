import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { HttpResponse } from '../http/http-message.ts';
import type { Operation } from '../operations/operation.ts';
import type { GatewayRequest } from '../request.ts';

/** One call of a subgraph. */
export interface SubgraphHookCall {
  subgraph: string;
  /** The GraphQL document that is sent. */
  query: string;
  request: GatewayRequest;
}

/**
 * Extension points of the gateway, called for every request. A hook rejects a request by throwing a GraphQLError; its
 * `extensions.http.status` is the response's status. An absent hook costs nothing.
 */
export interface GatewayHooks {
  /** Called with the parsed and authenticated request; may add headers for subgraphs to `request.forwarded`. */
  onRequest?: (request: GatewayRequest) => void | Promise<void>;
  /** Called before an operation is admitted. */
  onOperation?: (operation: Operation, request: GatewayRequest) => void | Promise<void>;
  /** Wraps each subgraph call; `send` makes the call. A thrown SubgraphFailure fails the call's fields with its code. */
  onSubgraphRequest?: (call: SubgraphHookCall, send: () => Promise<SubgraphResponse>) => Promise<SubgraphResponse>;
  /** Called with the response; may change its headers. Errors are logged, and the response is sent all the same. */
  onAnswer?: (response: HttpResponse, request: GatewayRequest) => void | Promise<void>;
}
