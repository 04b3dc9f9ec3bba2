/** A sparse table index: it omits items without its key attributes. All key attributes are strings. */
export interface IndexConfig {
  name: string;
  partitionKey: string;
  sortKey?: string;
}

/** An IAM action on a table's items; writes in transactions need the action of the single write. */
export type ItemAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

/** Infrastructure settings of a subgraph, the default export of `subgraph.config.ts`. */
export interface SubgraphConfig {
  table: {
    partitionKey: string;
    sortKey?: string;
    indexes?: IndexConfig[];
    /** Granted actions by function. The service may also query the indexes. */
    access: { service: ItemAction[]; consumer?: ItemAction[] };
  };
  /**
   * Event types that `consumer.ts` handles, by publishing service. A service publishes events if it has an `events.ts`, which
   * needs no setting.
   */
  consumes?: Record<string, string[]>;
  /** Whether the whole table derives from events, so that it can be cleared and rebuilt from the event archive. */
  rebuildable?: boolean;
  /** Whether it belongs to the sample, which `npm run adopt` removes. */
  sample?: true;
  /** Memory of the function, MiB; Lambda allocates CPU in proportion. */
  memory: number;
  /** Timeout of the function, seconds. */
  timeout: number;
}
