/** Usage of one operation, as JSON-serializable data that the reporter sends to Apollo Studio as a trace or in statistics. */
export interface UsageRecord {
  operation: UsageOperation;
  /** Epoch milliseconds. */
  startedAt: number;
  milliseconds: number;
  method: string;
  clientName?: string;
  clientVersion?: string;
  cache?: { maxAge: number; scope: 'PUBLIC' | 'PRIVATE' };
  /** Automatic persisted query: found by its hash, or sent with its hash to be stored. */
  persistedQuery?: 'hit' | 'register';
  /** Whether the safelist rejected it. */
  isForbidden?: boolean;
  /** Number of operations that this one represents in field statistics; 0 without field traces. */
  weight: number;
  errors: UsageError[];
  /** Empty without field traces. */
  plan: PlannedFetch[];
  /** Empty without field traces. */
  calls: SubgraphCallRecord[];
}

/** A registered operation's id, or the usage key of any other. */
export type UsageOperation = { id: string } | { key: string };

/** An error of a response. */
export interface UsageError {
  path: readonly (string | number)[];
  /** The subgraph that returned it. */
  service?: string;
}

export interface PlannedFetch {
  service: string;
  /** Response keys of the path to the joined objects. */
  path: string[];
  /** Depth in the dependency graph. */
  level: number;
}

/** A call of a subgraph. */
export interface SubgraphCallRecord {
  service: string;
  /** Indexes of the planned fetches that shared it. */
  fetches: number[];
  /** Epoch milliseconds. */
  sentAt: number;
  /** Milliseconds since the operation began. */
  sentAfter: number;
  receivedAt: number;
  /** The subgraph's trace, `ftv1`: https://www.apollographql.com/docs/graphos/reference/federation/trace-format */
  trace?: string;
}
