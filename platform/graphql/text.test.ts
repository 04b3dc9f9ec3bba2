import { brokenTextRule, oneLine, type TextRule } from './text.ts';

const line: TextRule = { what: 'A title', least: 1, most: 10 };
const lines: TextRule = { what: 'A description', most: 2_000, isMultiline: true };

test.each<[string, string, TextRule]>([
  ['a word', 'Cabin', line],
  ['as many characters as there may be', 'x'.repeat(10), line],
  ['characters of two units', '🏡'.repeat(10), line],
  ['any script', 'שלום مرحبا', line],
  ['marks that join', '👩‍👩‍👧', line],
  ['nothing', '', lines],
  ['line breaks and tabs', 'a\r\n\tb', lines],
])('%s can be kept', (_, text, rule) => {
  expect(brokenTextRule(text, rule)).toBeUndefined();
});

test.each<[string, string, TextRule, string]>([
  ['nothing', '', line, 'A title has 1 to 10 characters.'],
  ['spaces alone', ' \u00a0\u3000', line, 'A title has 1 to 10 characters.'],
  ['one character more', 'x'.repeat(11), line, 'A title has 1 to 10 characters.'],
  ['one character of two units more', '🏡'.repeat(11), line, 'A title has 1 to 10 characters.'],
  ['far more', 'x'.repeat(1_000_000), lines, 'A description has at most 2,000 characters.'],
  ['half of a pair, first', 'a\ud800', line, 'A title must be Unicode text: it has half of a surrogate pair.'],
  ['half of a pair, last', '\udc00a', lines, 'A description must be Unicode text: it has half of a surrogate pair.'],
  ['NUL', 'a\0b', line, 'A title has no control characters.'],
  ['NUL in several lines', 'a\n\0b', lines, 'A description has no control characters.'],
  ['a line break', 'a\nb', line, 'A title has no control characters.'],
  ['an escape', 'a\u001b[31m', lines, 'A description has no control characters.'],
  ['DEL', 'a\u007f', line, 'A title has no control characters.'],
  ['a C1 control', 'a\u0085', lines, 'A description has no control characters.'],
])('%s cannot', (_, text, rule, message) => {
  expect(brokenTextRule(text, rule)).toBe(message);
});

test('a text of several lines becomes one that can be kept', () => {
  expect(oneLine(' Private Apartment \r\n\tNr Beach\tParking\n')).toBe('Private Apartment Nr Beach Parking');
});
