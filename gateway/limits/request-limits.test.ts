import { limitsFrom } from './limits.ts';
import { RequestLimits } from './request-limits.ts';

const limits = new RequestLimits(limitsFrom('{"characters": 5000000, "tokens": 20, "bodyBytes": 100}'));

function refusal(check: () => void) {
  try {
    check();
    return undefined;
  } catch (error) {
    return (error as { extensions: object }).extensions;
  }
}

test('a small request passes, again and again', () => {
  for (let i = 0; i < 3; i++) expect(refusal(() => limits.checkDocument('{ a b c }'))).toBeUndefined();
  expect(refusal(() => limits.checkBody(100))).toBeUndefined();
});

test('a document with a syntax error is left to the server', () => {
  expect(refusal(() => limits.checkDocument('{ a'))).toBeUndefined();
});

test('too many tokens are refused before the rest is read', () => {
  const started = process.cpuUsage();
  expect(refusal(() => limits.checkDocument(`{ ${'a '.repeat(2_000_000)} }`))).toMatchObject({
    code: 'OPERATION_TOO_LARGE',
    limit: 'tokens',
    http: { status: 400 },
  });
  expect(process.cpuUsage(started).user).toBeLessThan(500_000);
});

test('a long document is refused unread, whatever it is made of', () => {
  const short = new RequestLimits(limitsFrom('{"characters": 1000}'));
  for (const document of [`{ a(text: "${'a'.repeat(1_000)}") }`, `{ a } # ${'a'.repeat(1_000)}`, '\n'.repeat(1_001)])
    expect(refusal(() => short.checkDocument(document))).toMatchObject({
      code: 'OPERATION_TOO_LARGE',
      limit: 'characters',
      http: { status: 400 },
    });
  expect(refusal(() => short.checkDocument(`{ a } # ${'a'.repeat(992)}`))).toBeUndefined();
});

test('a large body is refused', () => {
  expect(refusal(() => limits.checkBody(101))).toMatchObject({ code: 'REQUEST_TOO_LARGE', http: { status: 413 } });
});

test.each([['{"depth": 0}'], ['{"tokens": "many"}']])('a limit that is none is an error that names it: %s', (json) => {
  expect(() => limitsFrom(json)).toThrow(/The limit "(depth|tokens)" is wrong/);
});
