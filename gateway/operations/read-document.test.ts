import { limitsFrom } from '../limits/limits.ts';
import { readDocument } from './read-document.ts';

const LIMITS = limitsFrom('{"characters": 5000000, "tokens": 5000}');

function rejection(text: string, limits = LIMITS) {
  try {
    readDocument(text, limits);
    return undefined;
  } catch (error) {
    return (error as { extensions: object }).extensions;
  }
}

test('a small document is accepted', () => {
  expect(rejection('{ a b c }')).toBeUndefined();
});

test('a syntax error has the code GRAPHQL_PARSE_FAILED', () => {
  expect(rejection('{ a')).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
});

test('too many tokens are rejected before the rest is parsed', () => {
  expect(rejection(`{ ${'a '.repeat(5_000)} " `)).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'tokens' });
});

test('a document with too many characters is rejected before parsing', () => {
  const short = limitsFrom('{"characters": 1000}');
  for (const document of [`{ a(text: "${'a'.repeat(1_000)}") }`, `{ a } # ${'a'.repeat(1_000)}`, '\n'.repeat(1_001)])
    expect(rejection(document, short)).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'characters' });
  expect(rejection(`{ a } # ${'a'.repeat(992)}`, short)).toBeUndefined();
});

test.each([
  ['selections', `${'{ a '.repeat(2_000)}${'}'.repeat(2_000)}`],
  ['inline fragments', `{ ${'...{ '.repeat(1_500)} a ${'}'.repeat(1_500)} }`],
  ['list literals', `{ a(x: ${'['.repeat(2_000)}${']'.repeat(2_000)}) }`],
  ['object literals', `{ a(x: ${'{x: '.repeat(2_000)}1${'}'.repeat(2_000)}) }`],
  ['variable types', `query ($x: ${'['.repeat(2_000)}Int${']'.repeat(2_000)}) { a }`],
  ['unclosed brackets', '{ a '.repeat(100_000)],
  [
    'fragment spreads',
    `{ ...f0 } ${Array.from({ length: 600 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} }`).join(' ')}`,
  ],
])('deeply nested %s are rejected before any recursion', (_, document) => {
  expect(rejection(document)).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'nesting', maximum: 100 });
});

test('brackets in strings and comments do not count', () => {
  const brackets = '{['.repeat(200);
  expect(
    rejection(`{ a(x: "${brackets}\\"${brackets}") # ${brackets}\n b(x: """${brackets}\\""" ${brackets}""") }`),
  ).toBeUndefined();
});

test.each([
  ['{"depth": 0}', /"depth" in LIMITS is not valid: it must be a positive integer/],
  ['{"depth": 1.5}', /"depth" in LIMITS is not valid: it must be a positive integer/],
  ['{"tokens": "many"}', /"tokens" in LIMITS is not valid: it must be a positive integer/],
  ['{"tokns": 5}', /"tokns" in LIMITS is not valid: limits are .*, tokens,/],
])('an invalid limit is an error that names it: %s', (json, message) => {
  expect(() => limitsFrom(json)).toThrow(message);
});
