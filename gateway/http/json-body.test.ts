import { Readable } from 'node:stream';
import fc from 'fast-check';
import { propertyOptions } from '../../test/long-runs.ts';
import { type JsonChunks, jsonBody } from './json-body.ts';

const LARGE = Array.from({ length: 18 }, (_, i) => ({ i, text: 'x'.repeat(60_000) }));

/** Returns the chunks of a large value. */
async function chunksOf(value: object, maximum = Number.POSITIVE_INFINITY): Promise<Buffer[]> {
  const body = jsonBody(value, maximum);
  expect(typeof body).toBe('object');
  const { byteLength } = body as JsonChunks;
  const chunks: Buffer[] = await Readable.from(body as JsonChunks).toArray();
  expect(Buffer.concat(chunks).length).toBe(byteLength);
  return chunks;
}
const textOf = async (value: object) => Buffer.concat(await chunksOf(value)).toString('utf8');

test('a small value is one text', () => {
  expect(jsonBody({ errors: undefined, data: { é: [1, null] } }, 100)).toBe('{"data":{"é":[1,null]}}\n');
});

const options = propertyOptions(50, 2_000);
test(`${options.numRuns} large values have the text of JSON.stringify`, async () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 6 }),
    fc.constantFrom(undefined, '\uD800', '\u2028', { toString: 1 }),
  );
  const property = fc.asyncProperty(fc.array(value), fc.dictionary(fc.string(), value), async (list, data) => {
    const members = { errors: undefined, data: { ...data, large: LARGE, list }, extensions: list };
    expect((await textOf(members)) === `${JSON.stringify(members)}\n`).toBe(true);
  });
  await fc.assert(property, options);
});

test.each([
  ['many items', Array.from({ length: 600_000 }, (_, i) => i)],
  ['many members', Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`member ${i}`, { i }]))],
  ['a long text', 'x'.repeat(2_000_000)],
  ['a deeply nested value', [JSON.parse(`${'[{"a":'.repeat(500)}1${'}]'.repeat(500)}`), LARGE]],
  ['the key __proto__', JSON.parse(`{"__proto__":${JSON.stringify(LARGE)}}`)],
])('%s have the text of JSON.stringify', async (_, data) => {
  expect((await textOf({ data })) === `${JSON.stringify({ data })}\n`).toBe(true);
});

test('chunks of many small items have about 64 KB each', async () => {
  const chunks = await chunksOf({ data: Array.from({ length: 500_000 }, (_, i) => ({ i })) });
  const sizes = chunks.slice(0, -1).map(({ length }) => length);
  expect(Math.min(...sizes)).toBeGreaterThan(60_000);
  expect(Math.max(...sizes)).toBeLessThan(80_000);
});

test.each([
  ['a small value', { data: 'é'.repeat(100) }],
  ['a large value', { data: LARGE }],
])('%s over the maximum of bytes has no body', (_, value) => {
  const bytes = Buffer.byteLength(JSON.stringify(value)) + 1;
  expect(jsonBody(value, bytes - 1)).toBeUndefined();
  expect(jsonBody(value, bytes)).toBeDefined();
});
