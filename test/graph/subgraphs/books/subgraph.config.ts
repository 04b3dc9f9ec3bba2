import type { SubgraphConfig } from '#platform/subgraph-config.ts';

const sortKey = 'ageKey';

export default {
  table: {
    partitionKey: 'id',
    indexes: [
      { name: 'offered-by-age', partitionKey: 'offered', sortKey },
      { name: 'genre-by-age', partitionKey: 'offeredGenre', sortKey },
      { name: 'owner-by-age', partitionKey: 'ownerId', sortKey },
    ],
    access: { service: ['GetItem', 'BatchGetItem', 'PutItem'] },
  },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
