import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  sample: true,
  table: {
    partitionKey: 'id',
    indexes: [{ name: 'by-place', partitionKey: 'listedIn', sortKey: 'place' }],
    access: { service: ['BatchGetItem'], consumer: ['BatchGetItem', 'PutItem'] },
  },
  consumes: {
    bookings: ['BookingConfirmed', 'BookingCancelled'],
    listings: ['ListingOffered', 'ListingUpdated', 'ListingClosed', 'ListingsImported'],
    reviews: ['ReviewWritten', 'ReviewsImported'],
  },
  rebuildable: true,
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
