import { LIBRARY } from '../../build/discover.ts';
import { registeredOperations } from '../../build/operations/registered.ts';
import { pricesOf } from '../../cost/prices.ts';
import {
  describeOperations,
  describeScale,
  operationCosts,
  scaleReport,
} from '../../scripts/command-line/cost-report.ts';
import { operationExamplesOf } from '../graph-data.ts';
import { listSizes } from './list-sizes.ts';
import { type Measured, measureOperations, type Skipped } from './measure.ts';
import { type MeteredSystem, startMetered } from './run-system.ts';
import { factsOf, stageLimitsOf } from './system-facts.ts';

let metered: MeteredSystem;
let measured: Measured[];
let skipped: Skipped[];

beforeAll(async () => {
  metered = await startMetered(LIBRARY, 'dev');
  const { system, meter } = metered;
  const examples = (await operationExamplesOf(LIBRARY))?.EXAMPLES ?? [];
  const options = { url: system.url, meter, runs: 1, onProgress: () => {} };
  const broken = { operation: 'Books', variables: () => ({}) };
  ({ measured, skipped } = await measureOperations(registeredOperations(LIBRARY), [...examples, broken], options));
}, 120_000);
afterAll(() => metered.close());

const find = (name: string) => {
  const use = measured.find((each) => each.name === name);
  if (!use) throw new Error(`${name} was not measured: ${JSON.stringify(skipped)}`);
  return use;
};

test('each registered query and mutation is measured, and an example that fails is reported with its error', () => {
  const names = registeredOperations(LIBRARY)
    .map(({ name }) => name)
    .filter((name) => name !== 'BookChanged');
  expect(measured.map(({ name }) => name).sort()).toEqual(names.sort());
  expect(skipped).toEqual([{ name: 'Books', reason: expect.stringContaining('first') }]);
});

test('a query uses the gateway, its services and their tables', () => {
  const { functions, events } = find('Loan');
  expect(functions.map(({ name, invocations }) => [name, invocations]).sort()).toEqual([
    ['library-dev-gateway', 1],
    ['library-dev-loans', 1],
  ]);
  const loans = functions.find(({ name }) => name === 'library-dev-loans');
  expect(loans?.tables).toEqual([{ table: 'library-dev-loans', readUnits: expect.any(Number), writeUnits: 0 }]);
  expect(events).toEqual([]);
});

test('a mutation also uses the publisher and the consumers of its event', () => {
  const { functions, events, result } = find('BorrowBook');
  expect(result).toBe('Loan');
  expect(events).toMatchObject([{ source: 'loans', type: 'LoanStarted', count: 1 }]);
  expect(functions.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['library-dev-loans-publisher', 'library-dev-popularity-consumer']),
  );
});

test('a list is measured at several sizes, so that its cost can grow with the items', () => {
  // The library has eight books.
  expect(find('Books').sizes.map(({ items }) => items)).toEqual([1, 8, 8]);
  expect(listSizes('query ($a: Int, $b: Int) { x(first: $a) { y(id: $b) z(last: 3) } }')).toEqual(['a']);
});

test('the report has costs, a bill, concurrency and limits', () => {
  const { model } = metered.system;
  const facts = factsOf(model, pricesOf());
  const fixed = { firewalls: 0, firewallRules: 0, alarms: 1, dashboards: 1, metrics: 1 };
  const study = { facts, stage: stageLimitsOf(model), fixed, measured, coldShare: 0.01 };
  const costs = operationCosts(study);
  expect(costs[0]).toMatchObject({ operation: 'BorrowBook', parts: { writes: expect.any(Number) } });
  expect(describeOperations(costs)).toContain('table library-dev-loans');
  const scale = { mix: [{ use: find('Loan'), share: 1 }], rate: 200, peak: 3 };
  const report = scaleReport(study, scale);
  expect(report.total).toBeGreaterThan(0);
  expect(describeScale(report, scale)).toMatch(/function URL: requests a second, 1000/);
});
