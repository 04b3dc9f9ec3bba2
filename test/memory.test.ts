import type { HttpRequest } from './attacks.ts';
import { GatewayProcess } from './gateway-process.ts';
import { timeLimit } from './long-runs.ts';

/** Memory of the built gateway after operations that run once. */

/** Operations that fill every cache. */
const FULL = 2_000;
const ALL = 10_000;
const AT_ONCE = 100;
/** Allowed growth of the heap, bytes for each further operation. A kept program takes 6,600; the stock gateway keeps 136,000. */
const HEAP_PER_OPERATION = 4_000;
/** Memory of the function, and the maximum heap of the process, MB. */
const FUNCTION_MB = 1_769;
const MOST_HEAP = 160;
/** V8 does not return freed memory at once. */
const MORE_RSS = 250;

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await GatewayProcess.start({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(FUNCTION_MB) });
}, 30_000);
afterAll(() => gateway.close());

const FIELDS = ['title', 'author', 'language', 'pages', 'publishedIn', 'summary', 'isOffered', 'offeredAt'];

/** Returns an operation with a text and plan of its own; the first ones are large, to fill the caches sooner. */
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

async function runOperations(from: number, to: number): Promise<void> {
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

test(
  `${ALL} different operations take no more memory than ${FULL}`,
  async () => {
    await runOperations(0, FULL);
    const full = await gateway.memory();
    await runOperations(FULL, ALL);
    const all = await gateway.memory();
    expect(gateway.invocations).toBeGreaterThanOrEqual(ALL);
    expect((all.heapMb - full.heapMb) * 1e6).toBeLessThan(HEAP_PER_OPERATION * (ALL - FULL));
    expect(all.heapMb).toBeLessThan(MOST_HEAP);
    expect(all.rssMb - full.rssMb).toBeLessThan(MORE_RSS);
  },
  timeLimit(180_000),
);
