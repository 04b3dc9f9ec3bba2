import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  sample: true,
  table: {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [
      { name: 'guest-by-age', partitionKey: 'guestId', sortKey: 'paidKey' },
      { name: 'host-by-age', partitionKey: 'hostId', sortKey: 'paidKey' },
    ],
    access: {
      service: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
      consumer: ['GetItem', 'PutItem', 'UpdateItem'],
    },
  },
  consumes: { bookings: ['BookingRequested', 'BookingCancelled'] },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
