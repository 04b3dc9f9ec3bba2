import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  sample: true,
  table: {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [
      { name: 'guest-by-stay', partitionKey: 'guestId', sortKey: 'stayKey' },
      { name: 'host-by-stay', partitionKey: 'hostId', sortKey: 'stayKey' },
      { name: 'listing-by-stay', partitionKey: 'listingId', sortKey: 'stayKey' },
    ],
    access: {
      service: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'DeleteItem'],
      consumer: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
    },
  },
  consumes: {
    listings: ['ListingOffered', 'ListingUpdated', 'ListingClosed', 'ListingsImported'],
    payments: ['PaymentCaptured', 'PaymentDeclined'],
  },
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
