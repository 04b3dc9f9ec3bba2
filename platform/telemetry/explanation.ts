/**
 * The explanation of one request, in the response's `extensions.explain`. The gateway adds it for clients that send the header
 * `x-explain`, if introspection is on. All times are in milliseconds.
 */
export interface Explanation {
  /** Id of the request in the logs of all functions. */
  requestId: string;
  traceparent: string;
  operation: {
    name?: string;
    kind: 'query' | 'mutation' | 'subscription';
    /** Where its plan came from: compiled by the build, cached in memory, or planned for this request. */
    plan: 'precompiled' | 'cached' | 'planned';
    /** Static cost with these variables, and the stage's limit; undefined if the operation runs without limits. */
    cost?: { estimate: number; limit: number };
  };
  plan: ExplainedFetch[];
  /**
   * Empty with `x-explain: plan`, which does not run the operation. A fetch without a call did not run, since its condition did not
   * hold or there was no object for it, or it shared the response of an identical call.
   */
  calls: ExplainedCall[];
  /** The gateway's own invocation. */
  gateway: FunctionRun;
}

/** In place of an explanation with which the response would exceed its size limit. */
export interface OmittedExplanation {
  omitted: string;
}

/** One fetch of the plan; its position in `Explanation.plan` is its index. */
export interface ExplainedFetch {
  service: string;
  kind: 'query' | 'mutation' | 'subscription';
  /** Indexes of the fetches that it depends on. */
  after: number[];
  /** Path in the response at which its data is merged: `books.@.author`. */
  path: string;
  operation: string;
  /** Names of the client's variables that it uses. */
  variables: string[];
  /** For an entity fetch, the type conditions and key fields that it sends: `Book { __typename isbn }`. */
  requires?: string;
}

/** One call of a subgraph, which may serve several fetches. */
export interface ExplainedCall {
  service: string;
  /** Indexes of its fetches. */
  fetches: number[];
  /** The operation as sent. */
  query: string;
  variables: Record<string, unknown>;
  /** Since the gateway received the request. */
  began: number;
  ended: number;
  requestBytes: number;
  responseBytes: number;
  /** Objects that it returned for `_entities`; undefined for root fields. */
  entities?: number;
  /** Error code of a failed call. */
  error?: string;
  /** Undefined if the subgraph did not report it: an HTTP subgraph, or a failed call. */
  function?: FunctionRun;
}

/** One invocation of a Lambda function. */
export interface FunctionRun {
  /** Lambda's name of the function; empty outside Lambda. */
  name: string;
  /** Memory size in MB; 0 outside Lambda. */
  memory: number;
  /** Time from process start to the first invocation, of a cold start; undefined if the environment was warm or started in advance. */
  init?: number;
  /** Time of the handler. */
  run: number;
  tables: TableCall[];
  /** Types of the events that it wrote to its outbox. */
  events: string[];
}

/** One request to DynamoDB. */
export interface TableCall {
  table: string;
  /** Global secondary index. */
  index?: string;
  /** DynamoDB's name: `Query`, `BatchGetItem`. */
  action: string;
  /** Since the handler began. */
  began: number;
  ended: number;
  readUnits: number;
  writeUnits: number;
  /** Items read or written. */
  items: number;
  /** Attempts, if more than one. */
  attempts?: number;
  /** Name of the exception of a failed request. */
  error?: string;
}
