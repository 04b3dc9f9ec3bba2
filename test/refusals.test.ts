import { median } from '../bench/statistics.ts';
import { ATTACKS, type HttpRequest, nested } from './attacks.ts';
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
/** Of an operation that is planned: unbounded, this one takes seconds. */
const LITTLE_TO_PLAN = 200;

/** Sends variants of a request; gives the status of all and the median of CPU time. */
async function operationCost(request: (variant: number) => HttpRequest, repetitions: number) {
  const requests = Array.from({ length: WARM_UP + repetitions }, (_, variant) => request(variant));
  const answers = await gateway.answer(requests);
  const costs = answers.slice(WARM_UP).map(({ cpuMs }) => cpuMs);
  return { statuses: new Set(answers.map(({ status }) => status)), medianMs: median(costs) };
}

test.each(ATTACKS)('$name: refused at little cost, and no subgraph hears of it', async ({ request, status }) => {
  const before = gateway.invocations;
  const { statuses, medianMs } = await operationCost(request, REPETITIONS);
  expect(statuses).toEqual(new Set([status]));
  expect(medianMs).toBeLessThan(LITTLE);
  expect(gateway.invocations).toBe(before);
});

test('many ways to plan one operation are not weighed for long', async () => {
  const query = nested(2, 'owner { books(first: 1) { edges { node { id } } } }');
  const { statuses, medianMs } = await operationCost(
    (variant) => question(`{ a${variant}: book(id: "1") { ${query} } }`),
    9,
  );
  expect(statuses).toEqual(new Set([200]));
  expect(medianMs).toBeLessThan(LITTLE_TO_PLAN);
});
