import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  table: {
    partitionKey: 'id',
    access: { service: ['BatchGetItem'], consumer: ['PutItem', 'UpdateItem'] },
  },
  consumes: { books: ['BookOffered'], loans: ['LoanStarted'] },
  rebuildable: true,
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
