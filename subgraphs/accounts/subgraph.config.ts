import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  sample: true,
  table: {
    partitionKey: 'id',
    access: { service: ['GetItem', 'BatchGetItem', 'PutItem'], consumer: ['PutItem'] },
  },
  consumes: { bookings: ['BookingRequested'], listings: ['ListingOffered'] },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
