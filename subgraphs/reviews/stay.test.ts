import { notYourStay, refusalOf, type Stay, subjectOf } from './stay.ts';

const stay: Stay = {
  bookingId: 'b1',
  listingId: 'loft',
  hostId: 'hana',
  guestId: 'ada',
  checkOut: '2026-05-04',
  status: 'CONFIRMED',
  version: 2,
};
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

test.each([
  ['Listing', 'ada', 'loft'],
  ['Host', 'ada', 'hana'],
  ['Guest', 'hana', 'ada'],
] as const)('the %s of a stay can be reviewed by %s only', (type, author, subject) => {
  const now = noon('2026-05-04');
  expect(refusalOf(stay, type, { userId: author, now })).toBeUndefined();
  expect(subjectOf(stay, type)).toEqual({ type, id: subject });
  for (const userId of ['ada', 'hana', 'bob'].filter((id) => id !== author)) {
    expect(refusalOf(stay, type, { userId, now })?.reason).toBe('NotYourStay');
  }
});

test('a stay can be reviewed from midnight of the check-out day', () => {
  const at = (now: string) => refusalOf(stay, 'Host', { userId: 'ada', now: new Date(now) })?.reason;
  expect(at('2026-05-03T23:59:59.999Z')).toBe('StayNotOver');
  expect(at('2026-05-04T00:00:00.000Z')).toBeUndefined();
});

test('others cannot tell whether a stay is cancelled', () => {
  const now = noon('2026-06-01');
  const cancelled: Stay = { ...stay, status: 'CANCELLED' };
  expect(refusalOf(cancelled, 'Listing', { userId: 'bob', now })).toEqual(notYourStay('Listing'));
  expect(refusalOf(cancelled, 'Listing', { userId: 'ada', now })?.reason).toBe('StayCancelled');
});
