import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { HttpResponse } from '../http/http-message.ts';
import type { Operation } from '../operations/operation.ts';
import type { GatewayRequest } from '../request.ts';

/** One operation on its way to a subgraph. */
export interface SubgraphHookCall {
  subgraph: string;
  /** The GraphQL document that is sent. */
  query: string;
  request: GatewayRequest;
}

/**
 * Extension points of the gateway, called for each request, whichever way it takes. A hook refuses a request by throwing a
 * GraphQLError, whose `extensions.http.status` becomes the answer's status. Without a hook its stage costs nothing.
 */
export interface GatewayHooks {
  /** Called when the client's parameters and viewer are known; may add to `request.forwarded`, the headers for subgraphs. */
  onRequest?: (request: GatewayRequest) => void | Promise<void>;
  /** Called before an operation is admitted. */
  onOperation?: (operation: Operation, request: GatewayRequest) => void | Promise<void>;
  /** Called around each call of a subgraph; `send` makes the call. What it throws fails the fields that the call is for: a SubgraphFailure with its code. */
  onSubgraphRequest?: (call: SubgraphHookCall, send: () => Promise<SubgraphResponse>) => Promise<SubgraphResponse>;
  /** Called with the answer, whose headers it may change. What it throws is logged: the answer stands. */
  onAnswer?: (answer: HttpResponse, request: GatewayRequest) => void | Promise<void>;
}
