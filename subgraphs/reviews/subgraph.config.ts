import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  table: {
    partitionKey: 'subject',
    sortKey: 'part',
    indexes: [{ name: 'by-age', partitionKey: 'subject', sortKey: 'writtenKey' }],
  },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
