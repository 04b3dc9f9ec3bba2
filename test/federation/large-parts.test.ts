import { lengthOf } from '../../gateway/http/http-message.ts';
import { allParts, mergeParts, PROTOCOL_NAMES } from '../incremental.ts';
import { gateway, service, type TestGateway } from './gateway.ts';

/** Incremental responses with parts of 20 MB. */

const ROWS = 20_000;
const rows = Array.from({ length: ROWS }, (_, n) => ({ id: `r${n}`, text: `${n} é`.padEnd(1_000, '.') }));
const MAX_CHUNK = 128 * 1024;

let graph: TestGateway;
beforeAll(async () => {
  const services = [
    service(
      'rows',
      'type Query { shelf: Shelf } type Shelf { name: String rows: [Row!]! } type Row { id: ID! text: String! }',
      {
        Query: { shelf: () => ({ name: 'A', rows }) },
      },
    ),
  ];
  graph = await gateway(services, { timeout: 30_000 });
}, 30_000);

describe.each(PROTOCOL_NAMES)('%s', (accept) => {
  test.each([
    ['initial', '{ shelf { rows { id text } ... @defer(label: "later") { name } } }'],
    ['deferred', '{ shelf { name ... @defer(label: "later") { rows { id text } } } }'],
  ])(
    'a large %s part is written in chunks, and arrives whole',
    async (_, query) => {
      const response = await graph.respond(query, {}, { accept });
      const chunks: (string | Uint8Array)[] = [];
      for await (const chunk of response.body as AsyncIterable<string | Uint8Array>) chunks.push(chunk);
      const sizes = chunks.map((chunk) => lengthOf(chunk) ?? 0);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(20_000_000);
      expect(Math.max(...sizes)).toBeLessThan(MAX_CHUNK);
      const parts = await allParts({ ...response, body: Buffer.concat(chunks.map((chunk) => Buffer.from(chunk))) });
      expect(parts).toHaveLength(2);
      const { data } = mergeParts(query, parts, accept);
      expect(JSON.stringify(data) === JSON.stringify(mergedInOrder(query))).toBe(true);
    },
    60_000,
  );
});

/** Returns the data with the deferred fields last, as a client merges them. */
function mergedInOrder(query: string) {
  const shelf = query.includes('{ name ...') ? { name: 'A', rows } : { rows, name: 'A' };
  return { shelf };
}
