import { oneLine, type TextRule, textProblem } from './text.ts';

const line: TextRule = { label: 'A title', minLength: 1, maxLength: 10 };
const lines: TextRule = { label: 'A description', maxLength: 2_000, isMultiline: true };

test.each<[string, string, TextRule]>([
  ['a word', 'Cabin', line],
  ['the maximum number of characters', 'x'.repeat(10), line],
  ['surrogate pairs', '🏡'.repeat(10), line],
  ['any script', 'שלום مرحبا', line],
  ['joined emoji', '👩‍👩‍👧', line],
  ['an empty text', '', lines],
  ['line breaks and tabs', 'a\r\n\tb', lines],
])('%s is valid', (_, text, rule) => {
  expect(textProblem(text, rule)).toBeUndefined();
});

test.each<[string, string, TextRule, string]>([
  ['an empty text', '', line, 'A title must have 1 to 10 characters.'],
  ['only spaces', ' \u00a0\u3000', line, 'A title must have 1 to 10 characters.'],
  ['one character too many', 'x'.repeat(11), line, 'A title must have 1 to 10 characters.'],
  ['one surrogate pair too many', '🏡'.repeat(11), line, 'A title must have 1 to 10 characters.'],
  ['far too many characters', 'x'.repeat(1_000_000), lines, 'A description must have at most 2,000 characters.'],
  ['a lone high surrogate', 'a\ud800', line, 'A title must be Unicode text without lone surrogates.'],
  ['a lone low surrogate', '\udc00a', lines, 'A description must be Unicode text without lone surrogates.'],
  ['NUL', 'a\0b', line, 'A title must not have control characters.'],
  ['NUL in several lines', 'a\n\0b', lines, 'A description must not have control characters.'],
  ['a line break', 'a\nb', line, 'A title must not have control characters.'],
  ['an escape', 'a\u001b[31m', lines, 'A description must not have control characters.'],
  ['DEL', 'a\u007f', line, 'A title must not have control characters.'],
  ['a C1 control', 'a\u0085', lines, 'A description must not have control characters.'],
])('%s is not valid', (_, text, rule, message) => {
  expect(textProblem(text, rule)).toBe(message);
});

test('a multi-line text is converted to one line', () => {
  expect(oneLine(' Private Apartment \r\n\tNr Beach\tParking\n')).toBe('Private Apartment Nr Beach Parking');
});
