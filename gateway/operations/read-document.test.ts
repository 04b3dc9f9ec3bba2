import { limitsFrom } from '../limits/limits.ts';
import { readDocument } from './read-document.ts';

const LIMITS = limitsFrom('{"characters": 5000000, "tokens": 5000}');

function refusal(text: string, limits = LIMITS) {
  try {
    readDocument(text, limits);
    return undefined;
  } catch (error) {
    return (error as { extensions: object }).extensions;
  }
}

test('a small document is read', () => {
  expect(refusal('{ a b c }')).toBeUndefined();
});

test('a syntax error is the client’s mistake', () => {
  expect(refusal('{ a')).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
});

test('too many tokens are refused before the rest is read', () => {
  expect(refusal(`{ ${'a '.repeat(5_000)} " `)).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'tokens' });
});

test('a long document is refused unread, whatever it is made of', () => {
  const short = limitsFrom('{"characters": 1000}');
  for (const document of [`{ a(text: "${'a'.repeat(1_000)}") }`, `{ a } # ${'a'.repeat(1_000)}`, '\n'.repeat(1_001)])
    expect(refusal(document, short)).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'characters' });
  expect(refusal(`{ a } # ${'a'.repeat(992)}`, short)).toBeUndefined();
});

test.each([
  ['selections', `${'{ a '.repeat(2_000)}${'}'.repeat(2_000)}`],
  ['inline fragments', `{ ${'...{ '.repeat(1_500)} a ${'}'.repeat(1_500)} }`],
  ['a list literal', `{ a(x: ${'['.repeat(2_000)}${']'.repeat(2_000)}) }`],
  ['an object literal', `{ a(x: ${'{x: '.repeat(2_000)}1${'}'.repeat(2_000)}) }`],
  ['a type of a variable', `query ($x: ${'['.repeat(2_000)}Int${']'.repeat(2_000)}) { a }`],
  ['brackets that are never closed', '{ a '.repeat(100_000)],
  [
    'a chain of fragments',
    `{ ...f0 } ${Array.from({ length: 600 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} }`).join(' ')}`,
  ],
])('%s nested without end: refused before anything works by recursion', (_, document) => {
  expect(refusal(document)).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'nesting', maximum: 100 });
});

test('brackets in strings and comments are text', () => {
  const brackets = '{['.repeat(200);
  expect(
    refusal(`{ a(x: "${brackets}\\"${brackets}") # ${brackets}\n b(x: """${brackets}\\""" ${brackets}""") }`),
  ).toBeUndefined();
});

test.each([['{"depth": 0}'], ['{"tokens": "many"}']])('a limit that is none is an error that names it: %s', (json) => {
  expect(() => limitsFrom(json)).toThrow(/The limit "(depth|tokens)" is not valid/);
});
