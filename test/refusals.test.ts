import { median } from '../bench/statistics.ts';
import { ATTACKS, type HttpRequest, nested } from './attacks.ts';
import { GatewayProcess } from './gateway-process.ts';

/** CPU time of refusals in the built gateway. */

let gateway: GatewayProcess;
/** CPU time of planning and running the smallest new operation: what this machine takes for the least useful work. */
let planningMs: number;
beforeAll(async () => {
  gateway = await GatewayProcess.start();
  const [response] = await gateway.answer([post('{ genres { id } }')]);
  expect(response).toMatchObject({ status: 200 });
  // Otherwise the counter would prove nothing.
  expect(gateway.invocations).toBe(1);
  planningMs = (await operationCost((variant) => post(`{ a${variant}: genres { id } }`), REPETITIONS)).medianMs;
}, 30_000);
afterAll(() => gateway.close());

function post(query: string): HttpRequest {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) };
}

const WARM_UP = 5;
const REPETITIONS = 30;
/** Limit of a refusal's CPU time, as a multiple of the smallest new operation's: about 6 ms where that takes 5 ms. */
const REFUSAL_SHARE = 1.25;
/** For an operation that takes seconds to plan without a bound. */
const PLANNING_MS = 200;

/** Sends variants of a request; gives the status of all and the median of CPU time. */
async function operationCost(request: (variant: number) => HttpRequest, repetitions: number) {
  const requests = Array.from({ length: WARM_UP + repetitions }, (_, variant) => request(variant));
  const answers = await gateway.answer(requests);
  const costs = answers.slice(WARM_UP).map(({ cpuMs }) => cpuMs);
  return { statuses: new Set(answers.map(({ status }) => status)), medianMs: median(costs) };
}

test.each(ATTACKS)('$name is refused with little CPU time, and no call of a subgraph', async ({ request, status }) => {
  const before = gateway.invocations;
  const { statuses, medianMs } = await operationCost(request, REPETITIONS);
  expect(statuses).toEqual(new Set([status]));
  expect(medianMs).toBeLessThan(REFUSAL_SHARE * planningMs);
  expect(gateway.invocations).toBe(before);
});

test('an operation with many possible plans is planned with little CPU time', async () => {
  const query = nested(2, 'owner { books(first: 1) { edges { node { id } } } }');
  const { statuses, medianMs } = await operationCost(
    (variant) => post(`{ a${variant}: book(id: "1") { ${query} } }`),
    9,
  );
  expect(statuses).toEqual(new Set([200]));
  expect(medianMs).toBeLessThan(PLANNING_MS);
});
