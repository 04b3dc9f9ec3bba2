import { equalMix, parseMix, readMix } from './mix-file.ts';

const KNOWN = ['Books', 'Borrow'];
const parse = (text: string) => parseMix(text, 'mix.json', KNOWN);

test('a mix has a relative frequency per operation', () => {
  expect(parse('{"Books": 90, "Borrow": 0.5}')).toEqual({ Books: 90, Borrow: 0.5 });
  expect(equalMix(KNOWN)).toEqual({ Books: 1, Borrow: 1 });
});

test.each([
  ['{"Books": 1', /^mix.json is not valid JSON: /],
  ['[1]', 'mix.json must be an object of operation names and numbers, such as {"Books": 90}.'],
  ['{"Book": 1}', 'mix.json: "Book" is not a measured operation: choose from Books, Borrow.'],
  ['{"Books": "1"}', 'mix.json: the frequency of "Books" must be a number, 0 or more, not "1".'],
  ['{"Books": -1}', 'mix.json: the frequency of "Books" must be a number, 0 or more, not -1.'],
  ['{"Books": 0}', 'mix.json: at least one operation must have a frequency above 0.'],
  ['{}', 'mix.json: at least one operation must have a frequency above 0.'],
])('%s is an error that says what to change', (text, message) => {
  expect(() => parse(text)).toThrow(message);
});

test('a missing file is an error', () => {
  expect(() => readMix('/nowhere/mix.json', KNOWN)).toThrow(
    'The mix /nowhere/mix.json cannot be read: name a JSON file',
  );
});
