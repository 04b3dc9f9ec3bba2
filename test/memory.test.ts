import type { HttpRequest } from './attacks.ts';
import { GatewayProcess } from './gateway-process.ts';

/** What the built gateway keeps of operations that nobody asks for again. */

const ALL = 10_000;
/** Operations after which everything that is kept for another time is full. */
const FULL = 2_000;
const AT_ONCE = 100;
/**
 * 10^6 bytes. Were the programs kept for good, and nothing else, the heap would have 54 more; the stock gateway holds on to
 * 136 KB for each operation, which were 1,000.
 */
const MORE_HEAP = 30;
/** Memory of the function, MB, and what its caches and all else may hold of it. */
const FUNCTION_MB = 1_769;
const MOST_HEAP = 160;
/** Memory that V8 has taken for garbage, it gives back when it likes. */
const MORE_RSS = 250;

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await GatewayProcess.start({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(FUNCTION_MB) });
}, 30_000);
afterAll(() => gateway.close());

const FIELDS = ['title', 'author', 'language', 'pages', 'publishedIn', 'summary', 'isOffered', 'offeredAt'];

/** An operation of its own text, its own fields and its own plan: a large one at first, to fill what is kept sooner. */
function operation(n: number): string {
  const fields = FIELDS.filter((_, i) => (n >> i) & 1).join(' ');
  if (n % 50 === 0)
    return `query Q${n} { a${n}: book(id: "${n}") { id ${fields} postageCents owner { b${n}: name books(first: ${(n % 40) + 1}) { edges { node { loanCount } } } } } }`;
  const books = Array.from(
    { length: n < FULL ? 14 : 1 },
    (_, i) => `a${n}_${i}: book(id: "${n}-${i}") { id ${fields} }`,
  );
  return `query Q${n} { ${books.join(' ')} }`;
}

async function ask(from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += AT_ONCE) {
    const requests = Array.from(
      { length: AT_ONCE },
      (_, i): HttpRequest => ({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: operation(first + i) }),
      }),
    );
    const answers = await gateway.answer(requests);
    expect(answers.filter(({ status, body }) => status !== 200 || body.includes('"errors"'))).toEqual([]);
  }
}

test('10,000 different operations take no more memory than 2,000', async () => {
  await ask(0, FULL);
  const full = await gateway.memory();
  await ask(FULL, ALL);
  const all = await gateway.memory();
  expect(gateway.invocations).toBeGreaterThanOrEqual(ALL);
  expect(all.heapMb - full.heapMb).toBeLessThan(MORE_HEAP);
  expect(all.heapMb).toBeLessThan(MOST_HEAP);
  expect(all.rssMb - full.rssMb).toBeLessThan(MORE_RSS);
}, 180_000);
