import fc from 'fast-check';
import { propertyOptions } from '../../test/long-runs.ts';
import {
  type Booking,
  cancel,
  confirm,
  isParty,
  phaseOn,
  requestBooking,
  statusAt,
  totalAmount,
  validationError,
} from './booking.ts';
import { isFree, type Night } from './night.ts';
import { addDays, dayOf, nightCount, nightsOf } from './stay.ts';

const now = new Date('2026-05-01T12:00:00Z');
const today = dayOf(now);
const cabin = {
  id: 'cabin',
  hostId: 'host1',
  title: 'Cabin',
  status: 'OPEN',
  nightlyAmount: 10_000,
  currency: 'USD',
  minimumNights: 2,
  version: 1,
} as const;
const weekend = { checkIn: '2026-05-08', checkOut: '2026-05-10' };
const booked = (): Booking => requestBooking(cabin, weekend, { id: 'b1', guestId: 'ada', now });

describe('a stay', () => {
  test('has the nights from check-in to the day before check-out', () => {
    expect(nightsOf(weekend)).toEqual(['2026-05-08', '2026-05-09']);
    expect(nightsOf({ checkIn: '2028-02-28', checkOut: '2028-03-01' })).toEqual(['2028-02-28', '2028-02-29']);
  });

  test.each([
    ['checkIn', { checkIn: '2026-04-30', checkOut: '2026-05-03' }],
    ['checkIn', { checkIn: '2028-05-01', checkOut: '2028-05-03' }],
    ['checkOut', { checkIn: '2026-05-08', checkOut: '2026-05-08' }],
    ['checkOut', { checkIn: '2026-05-08', checkOut: '2026-05-07' }],
    ['checkOut', { checkIn: '2026-05-08', checkOut: '2026-08-07' }],
    ['checkOut', { checkIn: '2026-05-08', checkOut: '2026-05-09' }],
  ])('with a bad %s breaks a rule: %j', (field, stay) => {
    expect(validationError(stay, { minimumNights: 2, today })?.field).toBe(field);
  });

  test('can begin today and have 90 nights', () => {
    expect(
      validationError({ checkIn: today, checkOut: addDays(today, 90) }, { minimumNights: 2, today }),
    ).toBeUndefined();
  });

  test("at the guest's own listing is invalid", () => {
    expect(validationError(weekend, { minimumNights: 2, today, isOwn: true })?.field).toBe('listingId');
  });

  test('is upcoming before check-in, current during the stay, and completed on the check-out day', () => {
    const phases = ['2026-05-07', '2026-05-08', '2026-05-09', '2026-05-10'].map((day) => phaseOn(weekend, day));
    expect(phases).toEqual(['UPCOMING', 'CURRENT', 'CURRENT', 'COMPLETED']);
  });
});

describe('a booking', () => {
  test('has the price at which it was made', () => {
    expect(totalAmount(booked())).toBe(20_000);
    expect(booked()).toMatchObject({ nightlyAmount: 10_000, status: 'PENDING', version: 1 });
  });

  test('expires if it is not paid within 15 minutes', () => {
    expect(statusAt(booked(), new Date('2026-05-01T12:15:00Z'))).toBe('PENDING');
    expect(statusAt(booked(), new Date('2026-05-01T12:15:01Z'))).toBe('EXPIRED');
    expect(statusAt(confirm(booked()), new Date('2026-05-02T12:00:00Z'))).toBe('CONFIRMED');
  });

  test('increments its version with each change', () => {
    expect(cancel(confirm(booked()), 'BY_HOST')).toMatchObject({
      status: 'CANCELLED',
      cancelReason: 'BY_HOST',
      version: 3,
    });
  });

  test('belongs to its guest and host only', () => {
    expect(['ada', 'host1', 'bob', undefined].map((user) => isParty(booked(), user))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

const aStay = fc
  .record({ start: fc.nat(60), nights: fc.integer({ min: 1, max: 7 }) })
  .map(({ start, nights }) => ({ checkIn: addDays(today, start), checkOut: addDays(today, start + nights) }));

test('two stays share a night if and only if each begins before the other ends', () => {
  fc.assert(
    fc.property(aStay, aStay, (a, b) => {
      const shared = nightsOf(a).some((night) => nightsOf(b).includes(night));
      expect(shared).toBe(a.checkIn < b.checkOut && b.checkIn < a.checkOut);
      expect(nightsOf(a)).toHaveLength(nightCount(a));
    }),
    propertyOptions(1_000, 100_000),
  );
});

test('a night is free if it has no booking or its hold has expired, and never once paid', () => {
  fc.assert(
    fc.property(fc.option(fc.integer({ min: -5_000, max: 5_000 })), (shift) => {
      const heldUntil = shift === null ? undefined : new Date(now.getTime() + shift).toISOString();
      const night: Night = { listingId: 'cabin', date: today, bookingId: 'b1', ...(heldUntil && { heldUntil }) };
      expect(isFree(night, now)).toBe(shift !== null && shift < 0);
    }),
    propertyOptions(100, 100_000),
  );
  expect(isFree(undefined, now)).toBe(true);
});
