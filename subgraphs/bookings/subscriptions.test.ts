import { newId } from '#platform/new-id.ts';
import { testSubgraph, viewer } from '../../test/subgraph.ts';
import { testConsumer } from '../../test/test-consumer.ts';
import { type TestTable, testTable } from '../../test/test-table.ts';
import { listingEvents } from '../listings/events.ts';
import { BookingStore } from './booking-store.ts';
import { contextFactory } from './context.ts';
import { copyListings } from './copy-listings.ts';
import { ListingCopyStore } from './listing-copy-store.ts';
import { NightStore } from './night-store.ts';
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { subscriptions } from './subscriptions.ts';

const now = () => new Date('2026-05-01T12:00:00Z');
const [guest, host, stranger] = [viewer('ada'), viewer('host1', 'host'), viewer('bob')];
const CHANGED = 'subscription ($id: ID!) { bookingChanged(id: $id) { status guest { id } } }';
const OF_LISTING = 'subscription { bookingsOfListing(listingId: "cabin") { id status } }';
const FORBIDDEN = { topic: undefined, errors: [expect.objectContaining({ extensions: { code: 'FORBIDDEN' } })] };

let table: TestTable;
let ask: ReturnType<typeof testSubgraph>;
let id: string;

beforeEach(async () => {
  table = await testTable('bookings');
  const bookings = new BookingStore(table.client, table.name);
  const listings = new ListingCopyStore(table.client, table.name);
  const nights = new NightStore(table.client, table.name);
  const context = contextFactory({ bookings, listings, nights, now, newId });
  ask = testSubgraph({ typeDefs, resolvers, subscriptions, context });
  await testConsumer(copyListings(listings))(offered());
  const input = { listingId: 'cabin', checkIn: '2026-05-08', checkOut: '2026-05-10', idempotencyKey: newId() };
  const book = 'mutation ($input: BookStayInput!) { bookStay(input: $input) { ... on Booking { id } } }';
  id = (await ask(book, { input }, guest)).data.bookStay.id;
});

function offered() {
  const nightlyPrice = { amount: 10_000, currency: 'USD' };
  const data = { listingId: 'cabin', hostId: 'host1', title: 'Cabin', status: 'OPEN', nightlyPrice, minimumNights: 1 };
  const envelope = { entityId: 'cabin', version: 1, time: now(), requestId: 'test' };
  return listingEvents.event({ ...envelope, type: 'ListingOffered', data: { ...data, status: 'OPEN' } });
}

/** Cancels the booking, and returns the event. */
async function cancelled() {
  await table.newEvents();
  await ask('mutation ($id: ID!) { cancelBooking(id: $id) { __typename } }', { id }, guest);
  const [event] = await table.newEvents();
  if (!event) throw new Error('The cancellation has no event');
  return event;
}

test('the guest and the host of a booking can follow it, and nobody else', async () => {
  for (const party of [guest, host])
    expect(await ask.as(party).start(CHANGED, { id })).toEqual({ topic: id, errors: undefined });
  for (const other of [ask.as(stranger), ask]) expect(await other.start(CHANGED, { id })).toEqual(FORBIDDEN);
  expect(await ask.as(guest).start(CHANGED, { id: 'none' })).toEqual(FORBIDDEN);
});

test('an event shows the booking as it is now, to its guest and host', async () => {
  const event = await cancelled();
  const changed = { bookingChanged: { status: 'CANCELLED', guest: { id: 'ada' } } };
  for (const party of [guest, host])
    expect(await ask.as(party).onEvent(event, CHANGED, { id })).toEqual({ data: changed, errors: undefined });
  expect((await ask.as(stranger).onEvent(event, CHANGED, { id })).data).toEqual({ bookingChanged: null });
});

test('only the host of a listing can follow its bookings', async () => {
  expect(await ask.as(host).start(OF_LISTING)).toEqual({ topic: 'cabin', errors: undefined });
  for (const other of [guest, stranger]) expect(await ask.as(other).start(OF_LISTING)).toEqual(FORBIDDEN);
  const event = await cancelled();
  expect((await ask.as(host).onEvent(event, OF_LISTING)).data.bookingsOfListing).toEqual({ id, status: 'CANCELLED' });
  const { data, errors } = await ask.as(guest).onEvent(event, OF_LISTING);
  expect(data).toEqual({ bookingsOfListing: null });
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
});
