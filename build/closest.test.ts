import { closest } from './closest.ts';

test.each([
  ['memebrs', ['books', 'members'], 'members'],
  ['MEMBER', ['Member', 'Shelf'], 'Member'],
  ['she', ['Shed', 'Shelf'], 'Shed'],
  ['LoanStartd', ['BookOffered', 'LoanStarted', 'LoanEnded'], 'LoanStarted'],
  ['ab', ['xyz'], undefined],
  ['abc', ['abcde', 'abcdef'], 'abcde'],
  ['abc', ['abcdef'], undefined],
  ['wishlists', [], undefined],
])('the closest word to %s in %j is %s', (word, known, expected) => {
  expect(closest(word, known)).toBe(expected);
});
