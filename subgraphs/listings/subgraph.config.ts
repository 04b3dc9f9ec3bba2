import type { SubgraphConfig } from '#platform/subgraph-config.ts';

const byPrice = 'priceKey';
const byAge = 'listedKey';

export default {
  sample: true,
  table: {
    partitionKey: 'id',
    indexes: [
      { name: 'everywhere-by-price', partitionKey: 'everywhere', sortKey: byPrice },
      { name: 'everywhere-by-age', partitionKey: 'everywhere', sortKey: byAge },
      { name: 'borough-by-price', partitionKey: 'borough', sortKey: byPrice },
      { name: 'borough-by-age', partitionKey: 'borough', sortKey: byAge },
      { name: 'neighbourhood-by-price', partitionKey: 'neighbourhood', sortKey: byPrice },
      { name: 'neighbourhood-by-age', partitionKey: 'neighbourhood', sortKey: byAge },
      { name: 'host-by-age', partitionKey: 'hostId', sortKey: byAge },
      { name: 'featured-by-age', partitionKey: 'featured', sortKey: byAge },
    ],
    access: { service: ['GetItem', 'BatchGetItem', 'PutItem'] },
  },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
