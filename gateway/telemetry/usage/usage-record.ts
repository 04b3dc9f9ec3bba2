/** What is told of one operation of a client: plain data, of which the reporter makes a trace for Apollo Studio. */
export interface UsageRecord {
  operation: UsageOperation;
  /** Epoch milliseconds. */
  startedAt: number;
  milliseconds: number;
  method: string;
  clientName?: string;
  clientVersion?: string;
  cache?: { maxAge: number; scope: 'PUBLIC' | 'PRIVATE' };
  /** How many operations this one stands for where fields are measured: 0 where they are not. */
  weight: number;
  /** Where errors arose that no subgraph has told of in a trace. */
  errors: (readonly (string | number)[])[];
  plan: PlannedFetch[];
  calls: SubgraphCallRecord[];
}

/** A registered operation, or the name and the signature of any other: its text without what clients put into it. */
export type UsageOperation = { id: string } | { key: string };

export interface PlannedFetch {
  service: string;
  /** Response keys that lead to what it joins. */
  path: string[];
  /** How many must come before it. */
  level: number;
}

/** A call of a subgraph. */
export interface SubgraphCallRecord {
  service: string;
  /** Which of the planned fetches it was for. */
  fetches: number[];
  /** Epoch milliseconds. */
  sentAt: number;
  /** Milliseconds after the operation began. */
  sentAfter: number;
  receivedAt: number;
  /** The subgraph's own trace, `ftv1`: https://www.apollographql.com/docs/graphos/reference/federation/trace-format */
  trace?: string;
}
