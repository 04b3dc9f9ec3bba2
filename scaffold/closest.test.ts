import { closest } from './closest.ts';

test.each([
  ['lisitngs', ['bookings', 'listings'], 'listings'],
  ['LISTING', ['Listing', 'Stay'], 'Listing'],
  ['sta', ['Stay', 'Star'], 'Stay'],
  ['BookingConfirmd', ['ListingClosed', 'BookingConfirmed', 'BookingCancelled'], 'BookingConfirmed'],
  ['ab', ['xyz'], undefined],
  ['abc', ['abcde', 'abcdef'], 'abcde'],
  ['abc', ['abcdef'], undefined],
  ['wishlists', [], undefined],
])('%s among %j is %s', (word, known, expected) => {
  expect(closest(word, known)).toBe(expected);
});
