import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  table: {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [{ name: 'member-by-age', partitionKey: 'memberId', sortKey: 'ageKey' }],
    access: { service: ['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem'], consumer: ['PutItem'] },
  },
  consumes: { books: ['BookOffered', 'BookTakenBack'] },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
