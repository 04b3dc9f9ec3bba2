import fc from 'fast-check';
import { generated, patience } from '../../test/extent.ts';
import { conflict, type TestTable, testTable } from '../../test/test-table.ts';
import { type Booking, cancel, confirm, request } from './booking.ts';
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

function wish(stay: Stay, now = noon): Booking {
  count += 1;
  return request(cabin, stay, { id: `b${count}`, guestId: 'ada', now });
}

function book(booking: Booking, now = noon, key = booking.id) {
  const use = { owner: booking.guestId, key, input: [booking.listingId, booking.checkIn, booking.checkOut] };
  return store.book(booking, use, requestedEvent(booking, { time: now, requestId: 'r' }), now);
}

function pay(booking: Booking) {
  const confirmed = confirm(booking);
  return store.confirm(confirmed, confirmedEvent(confirmed, { time: noon, requestId: 'r' }));
}

function giveUp(booking: Booking) {
  const cancelled = cancel(booking, 'BY_GUEST');
  return store.cancel(cancelled, cancelledEvent(cancelled, booking, { time: noon, requestId: 'r' }));
}

async function allNights(): Promise<Night[]> {
  return (await table.items()).filter(({ sk }) => String(sk).startsWith('night#')).map(toNight);
}

const fridayToSunday = { checkIn: '2026-05-08', checkOut: '2026-05-10' };
const saturdayToMonday = { checkIn: '2026-05-09', checkOut: '2026-05-11' };

test('two stays that share a night: the second is told which', async () => {
  expect(await book(wish(fridayToSunday))).toEqual({ outcome: 'BOOKED' });
  expect(await book(wish(saturdayToMonday))).toEqual({ outcome: 'DATES_TAKEN', dates: ['2026-05-09'] });
});

test('a stay that encloses another is refused, and so is one within it', async () => {
  await book(wish({ checkIn: '2026-05-08', checkOut: '2026-05-12' }));
  expect(await book(wish({ checkIn: '2026-05-07', checkOut: '2026-05-13' }))).toMatchObject({ outcome: 'DATES_TAKEN' });
  expect(await book(wish({ checkIn: '2026-05-09', checkOut: '2026-05-10' }))).toMatchObject({ outcome: 'DATES_TAKEN' });
});

test('one guest leaves in the morning, the next comes on the same day', async () => {
  await book(wish({ checkIn: '2026-05-08', checkOut: '2026-05-09' }));
  expect(await book(wish({ checkIn: '2026-05-09', checkOut: '2026-05-10' }))).toEqual({ outcome: 'BOOKED' });
});

test('the longest stay is one transaction, in all that happens to it', async () => {
  const booking = wish({ checkIn: '2026-05-08', checkOut: addDays('2026-05-08', 90) });
  expect(await book(booking)).toEqual({ outcome: 'BOOKED' });
  expect(await pay(booking)).toBe('SAVED');
  expect(await giveUp(confirm(booking))).toBe(true);
  expect(await allNights()).toEqual([]);
});

test('nights that were not paid in time can be had by others, without anybody sweeping', async () => {
  await book(wish(fridayToSunday));
  expect(await book(wish(fridayToSunday, later), later)).toEqual({ outcome: 'BOOKED' });
});

test('nights that were paid stay with who paid, however late it is', async () => {
  const booking = wish(fridayToSunday);
  await book(booking);
  expect(await pay(booking)).toBe('SAVED');
  const muchLater = new Date('2026-05-05T00:00:00Z');
  expect(await book(wish(fridayToSunday, muchLater), muchLater)).toMatchObject({ outcome: 'DATES_TAKEN' });
});

test('who pays late gets the nights if nobody else has them', async () => {
  const booking = wish(fridayToSunday);
  await book(booking);
  expect(await pay(booking)).toBe('SAVED');
  expect((await allNights()).map(({ heldUntil }) => heldUntil)).toEqual([undefined, undefined]);
});

test('who pays when another has a night gets none, and giving up leaves that night to the other', async () => {
  const slow = wish(fridayToSunday);
  const quick = wish(saturdayToMonday, later);
  await book(slow);
  await book(quick, later);
  expect(await pay(slow)).toBe('NIGHTS_LOST');
  expect(await giveUp(slow)).toBe(true);
  expect((await allNights()).map(({ date, bookingId }) => [date, bookingId])).toEqual([
    ['2026-05-09', quick.id],
    ['2026-05-10', quick.id],
  ]);
  expect(await store.latest(slow.id)).toMatchObject({ status: 'CANCELLED', version: 2 });
});

test('of two changes at once one is saved', async () => {
  const booking = wish(fridayToSunday);
  await book(booking);
  const [paid, cancelled] = await Promise.all([pay(booking), giveUp(booking)]);
  expect([paid === 'SAVED', cancelled].filter(Boolean)).toHaveLength(1);
  expect(await store.latest(booking.id)).toMatchObject({ version: 2 });
});

test('a key is used once, and leaves nothing behind at the second use', async () => {
  const [first, second] = [wish(fridayToSunday), wish(fridayToSunday)];
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
  const booking = wish(fridayToSunday);
  table.failTransactions('before', new Error('the process dies'));
  await expect(book(booking)).rejects.toThrow('the process dies');
  expect(await table.items()).toEqual([]);
  table.failTransactions('after', new Error('the answer is lost'));
  await expect(book(booking)).rejects.toThrow('the answer is lost');
  expect(await book(booking)).toEqual({ outcome: 'KEY_USED' });
  expect((await table.newEvents()).map(({ type }) => type)).toEqual(['BookingRequested']);
});

test('transactions that are in the way of each other go again', async () => {
  table.failTransactions(
    'before',
    conflict('None', 'TransactionConflict'),
    conflict('TransactionConflict', 'ConditionalCheckFailed'),
  );
  expect(await book(wish(fridayToSunday))).toEqual({ outcome: 'BOOKED' });
});

const STAYS = generated(1_000, 5_000);

test(
  `of ${STAYS.numRuns} overlapping stays of 1 to 7 nights, booked, paid and cancelled at once, no night is had twice and none is orphaned`,
  async () => {
    const aWish = fc.record({
      start: fc.nat(120),
      length: fc.integer({ min: 1, max: 7 }),
      next: fc.constantFrom('pay', 'giveUp', 'nothing'),
    });
    const wishes = fc.sample(aWish, STAYS);
    const first = '2026-06-01';
    const kept: Booking[] = [];
    await atOnce(20, wishes, async ({ start, length, next }) => {
      const booking = wish({ checkIn: addDays(first, start), checkOut: addDays(first, start + length) });
      if ((await book(booking)).outcome !== 'BOOKED') return;
      if (next === 'pay') expect(await pay(booking)).toBe('SAVED');
      if (next === 'giveUp') expect(await giveUp(booking)).toBe(true);
      else kept.push(booking);
    });
    const owned = (await allNights()).map(({ date, bookingId }) => `${date} ${bookingId}`).sort();
    const promised = kept.flatMap((booking) => nightsOf(booking).map((date) => `${date} ${booking.id}`)).sort();
    expect(owned).toEqual(promised);
    expect(new Set(owned.map((night) => night.split(' ')[0])).size).toBe(owned.length);
    expect(kept.length).toBeGreaterThan(20);
    expect(await nights.between('cabin', first, addDays(first, 130))).toHaveLength(owned.length);
  },
  patience(60_000),
);

async function atOnce<T>(workers: number, values: T[], work: (value: T) => Promise<void>): Promise<void> {
  const left = [...values];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let value = left.pop(); value; value = left.pop()) await work(value);
    }),
  );
}
