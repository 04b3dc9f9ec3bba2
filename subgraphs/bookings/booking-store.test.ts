import fc from 'fast-check';
import { propertyOptions, timeLimit } from '../../test/long-runs.ts';
import { conflict, type TestTable, testTable } from '../../test/test-table.ts';
import { type Booking, cancel, confirm, requestBooking } from './booking.ts';
import { cancelledEvent, confirmedEvent, requestedEvent } from './booking-events.ts';
import { BookingStore } from './booking-store.ts';
import { toNight } from './items.ts';
import type { Night } from './night.ts';
import { NightStore } from './night-store.ts';
import { addDays, nightsOf, type Stay } from './stay.ts';

const noon = new Date('2026-05-01T12:00:00Z');
const later = new Date('2026-05-01T12:15:01Z');
const cabin = {
  id: 'cabin',
  hostId: 'host1',
  title: 'Cabin',
  status: 'OPEN',
  nightlyAmount: 10_000,
  currency: 'USD',
  minimumNights: 1,
  version: 1,
} as const;

let table: TestTable;
let store: BookingStore;
let nights: NightStore;
let count = 0;

beforeEach(async () => {
  table = await testTable('bookings');
  store = new BookingStore(table.client, table.name);
  nights = new NightStore(table.client, table.name);
});

function pendingBooking(stay: Stay, now = noon): Booking {
  count += 1;
  return requestBooking(cabin, stay, { id: `b${count}`, guestId: 'ada', now });
}

function book(booking: Booking, now = noon, key = booking.id) {
  const use = { owner: booking.guestId, key, input: [booking.listingId, booking.checkIn, booking.checkOut] };
  return store.book(booking, use, requestedEvent(booking, { time: now, requestId: 'r' }), now);
}

function pay(booking: Booking) {
  const confirmed = confirm(booking);
  return store.confirm(confirmed, confirmedEvent(confirmed, { time: noon, requestId: 'r' }));
}

function cancelByGuest(booking: Booking) {
  const cancelled = cancel(booking, 'BY_GUEST');
  return store.cancel(cancelled, cancelledEvent(cancelled, booking, { time: noon, requestId: 'r' }));
}

async function allNights(): Promise<Night[]> {
  return (await table.items()).filter(({ sk }) => String(sk).startsWith('night#')).map(toNight);
}

const fridayToSunday = { checkIn: '2026-05-08', checkOut: '2026-05-10' };
const saturdayToMonday = { checkIn: '2026-05-09', checkOut: '2026-05-11' };

test('the second of two stays that share a night is refused with the taken night', async () => {
  expect(await book(pendingBooking(fridayToSunday))).toEqual({ outcome: 'BOOKED' });
  expect(await book(pendingBooking(saturdayToMonday))).toEqual({ outcome: 'DATES_TAKEN', dates: ['2026-05-09'] });
});

test('a stay that contains another is refused, and so is one within it', async () => {
  await book(pendingBooking({ checkIn: '2026-05-08', checkOut: '2026-05-12' }));
  expect(await book(pendingBooking({ checkIn: '2026-05-07', checkOut: '2026-05-13' }))).toMatchObject({
    outcome: 'DATES_TAKEN',
  });
  expect(await book(pendingBooking({ checkIn: '2026-05-09', checkOut: '2026-05-10' }))).toMatchObject({
    outcome: 'DATES_TAKEN',
  });
});

test('a stay can begin on the check-out day of another', async () => {
  await book(pendingBooking({ checkIn: '2026-05-08', checkOut: '2026-05-09' }));
  expect(await book(pendingBooking({ checkIn: '2026-05-09', checkOut: '2026-05-10' }))).toEqual({ outcome: 'BOOKED' });
});

test('the longest stay fits into one transaction when booked, confirmed and cancelled', async () => {
  const booking = pendingBooking({ checkIn: '2026-05-08', checkOut: addDays('2026-05-08', 90) });
  expect(await book(booking)).toEqual({ outcome: 'BOOKED' });
  expect(await pay(booking)).toBe('SAVED');
  expect(await cancelByGuest(confirm(booking))).toBe(true);
  expect(await allNights()).toEqual([]);
});

test('nights that were not paid in time can be booked again without a cleanup', async () => {
  await book(pendingBooking(fridayToSunday));
  expect(await book(pendingBooking(fridayToSunday, later), later)).toEqual({ outcome: 'BOOKED' });
});

test('paid nights never expire', async () => {
  const booking = pendingBooking(fridayToSunday);
  await book(booking);
  expect(await pay(booking)).toBe('SAVED');
  const muchLater = new Date('2026-05-05T00:00:00Z');
  expect(await book(pendingBooking(fridayToSunday, muchLater), muchLater)).toMatchObject({ outcome: 'DATES_TAKEN' });
});

test('a late payment keeps nights that are not booked again', async () => {
  const booking = pendingBooking(fridayToSunday);
  await book(booking);
  expect(await pay(booking)).toBe('SAVED');
  expect((await allNights()).map(({ heldUntil }) => heldUntil)).toEqual([undefined, undefined]);
});

test('a payment after another booking took a night loses all nights, and the cancellation leaves that night to the other', async () => {
  const slow = pendingBooking(fridayToSunday);
  const quick = pendingBooking(saturdayToMonday, later);
  await book(slow);
  await book(quick, later);
  expect(await pay(slow)).toBe('NIGHTS_LOST');
  expect(await cancelByGuest(slow)).toBe(true);
  expect((await allNights()).map(({ date, bookingId }) => [date, bookingId])).toEqual([
    ['2026-05-09', quick.id],
    ['2026-05-10', quick.id],
  ]);
  expect(await store.latest(slow.id)).toMatchObject({ status: 'CANCELLED', version: 2 });
});

test('one of two concurrent changes is saved', async () => {
  const booking = pendingBooking(fridayToSunday);
  await book(booking);
  const [paid, cancelled] = await Promise.all([pay(booking), cancelByGuest(booking)]);
  expect([paid === 'SAVED', cancelled].filter(Boolean)).toHaveLength(1);
  expect(await store.latest(booking.id)).toMatchObject({ version: 2 });
});

test('the second use of a key writes nothing', async () => {
  const [first, second] = [pendingBooking(fridayToSunday), pendingBooking(fridayToSunday)];
  await book(first, noon, 'k1');
  expect(await book(second, noon, 'k1')).toEqual({ outcome: 'KEY_USED' });
  expect(await store.latest(second.id)).toBeUndefined();
  const use = { owner: 'ada', key: 'k1', input: ['cabin', '2026-05-08', '2026-05-10'] };
  expect(await store.previousUse(use)).toEqual({ resultId: first.id, sameInput: true });
  expect(await store.previousUse({ ...use, input: ['cabin', '2026-05-08', '2026-05-11'] })).toMatchObject({
    sameInput: false,
  });
  expect(await store.previousUse({ ...use, owner: 'bob' })).toBeUndefined();
});

test('a booking and its event are stored together or not at all', async () => {
  const booking = pendingBooking(fridayToSunday);
  table.failTransactions('before', new Error('the process dies'));
  await expect(book(booking)).rejects.toThrow('the process dies');
  expect(await table.items()).toEqual([]);
  table.failTransactions('after', new Error('the response is lost'));
  await expect(book(booking)).rejects.toThrow('the response is lost');
  expect(await book(booking)).toEqual({ outcome: 'KEY_USED' });
  expect((await table.newEvents()).map(({ type }) => type)).toEqual(['BookingRequested']);
});

test('conflicting transactions are retried', async () => {
  table.failTransactions(
    'before',
    conflict('None', 'TransactionConflict'),
    conflict('TransactionConflict', 'ConditionalCheckFailed'),
  );
  expect(await book(pendingBooking(fridayToSunday))).toEqual({ outcome: 'BOOKED' });
});

const STAYS = propertyOptions(1_000, 5_000);

test(
  `of ${STAYS.numRuns} overlapping stays of 1 to 7 nights, booked, paid and cancelled concurrently, no night is booked twice or orphaned`,
  async () => {
    const attempt = fc.record({
      start: fc.nat(120),
      length: fc.integer({ min: 1, max: 7 }),
      next: fc.constantFrom('pay', 'cancel', 'nothing'),
    });
    const attempts = fc.sample(attempt, STAYS);
    const first = '2026-06-01';
    const active: Booking[] = [];
    await inParallel(20, attempts, async ({ start, length, next }) => {
      const booking = pendingBooking({ checkIn: addDays(first, start), checkOut: addDays(first, start + length) });
      if ((await book(booking)).outcome !== 'BOOKED') return;
      if (next === 'pay') expect(await pay(booking)).toBe('SAVED');
      if (next === 'cancel') expect(await cancelByGuest(booking)).toBe(true);
      else active.push(booking);
    });
    const owned = (await allNights()).map(({ date, bookingId }) => `${date} ${bookingId}`).sort();
    const expected = active.flatMap((booking) => nightsOf(booking).map((date) => `${date} ${booking.id}`)).sort();
    expect(owned).toEqual(expected);
    expect(new Set(owned.map((night) => night.split(' ')[0])).size).toBe(owned.length);
    expect(active.length).toBeGreaterThan(20);
    expect(await nights.between('cabin', first, addDays(first, 130))).toHaveLength(owned.length);
  },
  timeLimit(60_000),
);

async function inParallel<T>(workers: number, values: T[], work: (value: T) => Promise<void>): Promise<void> {
  const left = [...values];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let value = left.pop(); value; value = left.pop()) await work(value);
    }),
  );
}
