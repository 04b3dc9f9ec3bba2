import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  sample: true,
  table: {
    partitionKey: 'id',
    indexes: [{ name: 'by-age', partitionKey: 'subject', sortKey: 'writtenKey' }],
    access: {
      service: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      consumer: ['PutItem'],
    },
  },
  consumes: { bookings: ['BookingConfirmed', 'BookingCancelled'] },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
