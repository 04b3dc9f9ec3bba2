import { ATTACKS, type HttpRequest } from './attacks.ts';
import { GatewayProcess } from './gateway-process.ts';

/** What it costs to refuse an attack, in the built gateway. */

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await GatewayProcess.start();
  const [answered] = await gateway.answer([question('{ genres { id } }')]);
  expect(answered).toMatchObject({ status: 200 });
  // The calls of subgraphs are seen, where there are any.
  expect(gateway.invocations).toBe(1);
}, 30_000);
afterAll(() => gateway.close());

function question(query: string): HttpRequest {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) };
}

const WARM_UP = 5;
const REPETITIONS = 30;
/** Milliseconds of CPU time. */
const LITTLE = 5;

test.each(ATTACKS)('$name: refused at little cost, and no subgraph hears of it', async ({ request, status }) => {
  const before = gateway.invocations;
  const costs: number[] = [];
  for (let variant = 0; variant < WARM_UP + REPETITIONS; variant++) {
    const [answered] = await gateway.answer([request(variant)]);
    expect(answered?.status).toBe(status);
    if (answered && variant >= WARM_UP) costs.push(answered.cpuMs);
  }
  const median = costs.toSorted((a, b) => a - b)[REPETITIONS / 2];
  expect(median).toBeLessThan(LITTLE);
  expect(gateway.invocations).toBe(before);
});
