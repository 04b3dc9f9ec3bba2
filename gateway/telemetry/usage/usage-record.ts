/** Usage of one operation, as JSON-serializable data that the reporter converts to a trace for Apollo Studio. */
export interface UsageRecord {
  operation: UsageOperation;
  /** Epoch milliseconds. */
  startedAt: number;
  milliseconds: number;
  method: string;
  clientName?: string;
  clientVersion?: string;
  cache?: { maxAge: number; scope: 'PUBLIC' | 'PRIVATE' };
  /** Number of operations that this trace represents in field statistics; 0 without field traces. */
  weight: number;
  /** Paths of errors that are not part of a subgraph's trace. */
  errors: (readonly (string | number)[])[];
  plan: PlannedFetch[];
  calls: SubgraphCallRecord[];
}

/** A registered operation's id, or the usage key of any other. */
export type UsageOperation = { id: string } | { key: string };

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
