import { parse } from 'graphql';
import { type DocumentLimits, exceededLimit } from './document-limits.ts';

const LIMITS: DocumentLimits = { nesting: 1_000, depth: 4, fields: 20, aliases: 3, rootFields: 3, directives: 3 };

function rejection(query: string, limits = LIMITS) {
  return exceededLimit(parse(query), limits)?.extensions;
}

/** Fragments that double in size at each level, beginning with 2 fields. */
function bomb(levels: number): string {
  const fragments = Array.from({ length: levels }, (_, i) => `fragment f${i + 1} on Query { ...f${i} ...f${i} }`);
  return `{ ...f${levels} } fragment f0 on Query { a b } ${fragments.join(' ')}`;
}

test('an operation within the limits is accepted', () => {
  expect(rejection('query A($x: Int) { a: b { c(d: $x) { e @skip(if: true) } } }')).toBeUndefined();
});

test.each([
  ['depth', '{ a { b { c { d { e } } } } }', 5],
  ['depth', '{ a { b { ...f } } } fragment f on C { c { d { e } } }', 5],
  ['fields', `{ a { ${'b '.repeat(20)} } }`, 21],
  ['aliases', '{ a { w: b x: b y: b z: b } }', 4],
  ['aliases', '{ a { ...f } c { ...f } } fragment f on C { x: b y: b }', 4],
  ['rootFields', '{ a b ...f } fragment f on Query { c d }', 4],
  ['rootFields', 'query A { a } query B { a b ... { c d } }', 4],
  ['directives', '{ a @skip(if: true) b @skip(if: true) ...f @skip(if: true) c @skip(if: true) }', 4],
])('an operation that exceeds the limit of %s is rejected: %s', (limit, query, size) => {
  expect(rejection(query)).toMatchObject({
    code: 'OPERATION_TOO_LARGE',
    limit,
    size,
    maximum: LIMITS[limit as 'depth'],
  });
});

test('an exponential fragment bomb is measured in linear time', () => {
  const started = process.cpuUsage();
  expect(rejection(bomb(200))).toMatchObject({ limit: 'fields' });
  expect(process.cpuUsage(started).user).toBeLessThan(200_000);
});

test.each([
  ['inline fragments', `{ ${'...{ '.repeat(1_500)} a ${'} '.repeat(1_500)} }`],
  [
    'a chain of fragments',
    `{ ...f0 } ${Array.from({ length: 5_000 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} }`).join(' ')}`,
  ],
  [
    'a chain of fragments with fields',
    `{ ...f0 } ${Array.from({ length: 5_000 }, (_, i) => `fragment f${i} on Query { a ...f${i + 1} }`).join(' ')}`,
  ],
])('%s count as nesting, and are measured no deeper than the limit', (_, query) => {
  expect(rejection(query, { ...LIMITS, nesting: 100 })).toMatchObject({ limit: 'nesting', maximum: 100 });
});

test('cyclic fragments terminate', () => {
  const query = '{ ...a } fragment a on Query { x ...b } fragment b on Query { y ...a }';
  expect(rejection(query)).toBeUndefined();
});
