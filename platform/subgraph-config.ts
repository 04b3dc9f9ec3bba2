/** A table index; a key attribute that an item lacks leaves the item out of the index. All key attributes are strings. */
export interface IndexConfig {
  name: string;
  partitionKey: string;
  sortKey?: string;
}

/** A right on the items of a table; parts of transactions are named like the calls that do the same alone. */
export type ItemAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

/** What the infrastructure needs to know of a subgraph, as plain data: the default export of `subgraph.config.ts`. */
export interface SubgraphConfig {
  table: {
    partitionKey: string;
    sortKey?: string;
    indexes?: IndexConfig[];
    /** What each function does with items: nothing else is granted. The service's own may query the indexes too. */
    access: { service: ItemAction[]; consumer?: ItemAction[] };
  };
  /**
   * Events that `consumer.ts` handles: types by the service that publishes them. What the service itself publishes needs no
   * word here: it does if it has an `events.ts`.
   */
  consumes?: Record<string, string[]>;
  /** Whether all that the table holds comes from events, so that it can be emptied and made anew from stored ones. */
  rebuildable?: boolean;
  /** Whether it is a part of the sample, which `npm run adopt` takes away. */
  sample?: true;
  /** Memory of the function, MiB; Lambda gives CPU in proportion. */
  memory: number;
  /** Timeout of the function, seconds. */
  timeout: number;
}
