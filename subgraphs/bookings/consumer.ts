import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { BookingStore } from './booking-store.ts';
import { copyListings } from './copy-listings.ts';
import { ListingCopyStore } from './listing-copy-store.ts';
import { settleBookings } from './settle-bookings.ts';

const client = documentClient();
const table = requiredEnv('TABLE_NAME');

export const handler = eventConsumer(
  copyListings(new ListingCopyStore(client, table)),
  settleBookings({ bookings: new BookingStore(client, table), now: systemClock() }),
);
