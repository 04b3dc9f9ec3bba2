import fc from 'fast-check';
import { propertyOptions, timeLimit } from '../../../test/long-runs.ts';
import { JsonReader } from './json-reader.ts';

/** Reads bytes in chunks; each piece that is parsed has at least `piece` bytes. */
function read(bytes: Buffer, chunk: number, piece: number): unknown {
  const reader = new JsonReader(piece);
  for (let start = 0; start < bytes.length; start += chunk) reader.add(bytes.subarray(start, start + chunk));
  return reader.value();
}

function outcome(parse: () => unknown): unknown {
  try {
    return { value: parse() };
  } catch {
    return 'not JSON';
  }
}

const sizes = fc.record({ chunk: fc.integer({ min: 1, max: 50 }), piece: fc.integer({ min: 1, max: 50 }) });

test(
  'chunks and pieces of any size give the value of JSON.parse',
  () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }),
        sizes,
        fc.boolean(),
        (value, size, isSpaced) => {
          const text = JSON.stringify(value, null, isSpaced ? 2 : 0);
          expect(read(Buffer.from(text), size.chunk, size.piece)).toEqual(JSON.parse(text));
        },
      ),
      propertyOptions(1_000, 50_000),
    );
  },
  timeLimit(60_000),
);

test(
  'what is not JSON is rejected, like by JSON.parse',
  () => {
    const mutation = fc.record({ at: fc.nat(), remove: fc.nat(2), insert: fc.constantFrom(...'[]{},:"\\ 1a', '') });
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), mutation, sizes, (value, { at, remove, insert }, { chunk, piece }) => {
        const valid = JSON.stringify(value);
        const start = at % (valid.length + 1);
        const text = valid.slice(0, start) + insert + valid.slice(start + remove);
        const expected = outcome(() => JSON.parse(text));
        const actual = outcome(() => read(Buffer.from(text), chunk, piece));
        expect(actual === 'not JSON').toBe(expected === 'not JSON');
      }),
      propertyOptions(1_000, 50_000),
    );
  },
  timeLimit(60_000),
);

test.each([
  '{"a":1,"b":[1,2],"__proto__":{"c":[{"2":1,"1":[3,4]},5]}}',
  '{"a\\"\\\\":["x,]}",{"é€😀":[]}]}',
  '[]',
  '1',
])('keys and strings may contain anything: %s', (text) => {
  for (let piece = 1; piece < 40; piece++)
    for (let chunk = 1; chunk < 10; chunk++)
      expect(JSON.stringify(read(Buffer.from(text), chunk, piece))).toBe(JSON.stringify(JSON.parse(text)));
});
