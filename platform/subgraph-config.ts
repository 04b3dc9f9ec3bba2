/** A table index; a key attribute that an item lacks leaves the item out of the index. All key attributes are strings. */
export interface IndexConfig {
  name: string;
  partitionKey: string;
  sortKey?: string;
}

/** What the infrastructure needs to know of a subgraph, as plain data: the default export of `subgraph.config.ts`. */
export interface SubgraphConfig {
  table: {
    partitionKey: string;
    sortKey?: string;
    indexes?: IndexConfig[];
    /** What its functions do with items beyond reading and putting them: nothing else is granted. */
    writes?: ('UpdateItem' | 'DeleteItem' | 'ConditionCheckItem')[];
  };
  /**
   * Events that `consumer.ts` handles: types by the service that publishes them. What the service itself publishes needs no
   * word here: it does if it has an `events.ts`.
   */
  consumes?: Record<string, string[]>;
  /** Whether all that the table holds comes from events, so that it can be emptied and made anew from stored ones. */
  rebuildable?: boolean;
  /** Memory of the function, MiB; Lambda gives CPU in proportion. */
  memory: number;
  /** Timeout of the function, seconds. */
  timeout: number;
}
