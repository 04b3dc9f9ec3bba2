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
    /** The attribute, epoch seconds, after which an item goes. */
    timeToLive?: string;
  };
  /** Memory of the function, MiB; Lambda gives CPU in proportion. */
  memory: number;
  /** Timeout of the function, seconds. */
  timeout: number;
}
