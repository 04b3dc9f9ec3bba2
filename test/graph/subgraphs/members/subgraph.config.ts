import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  table: {
    partitionKey: 'id',
    access: { service: ['GetItem', 'BatchGetItem', 'PutItem'] },
  },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
