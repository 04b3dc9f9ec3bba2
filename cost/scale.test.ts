import { fixedCost, MONTH_SECONDS } from './bill.ts';
import { concurrencyFor, meanConcurrency } from './concurrency.ts';
import { sumsBy, total } from './cost.ts';
import { typicalFacts } from './facts.ts';
import { growthOf } from './growth.ts';
import { addressesFor, limitsOf } from './limits.ts';
import { costOfMix, loadOf } from './load.ts';
import type { OperationUse } from './operation-use.ts';
import { pricesOf } from './prices.ts';

const FACTS = { ...typicalFacts(pricesOf()), isArchived: true };
const MILLION = 1_000_000;

const gateway = {
  name: 'g-gateway',
  memory: 2_048,
  invocations: 1,
  milliseconds: 20,
  init: 200,
  logBytes: 0,
  tables: [],
};

const READ: OperationUse = {
  name: 'Read',
  kind: 'query',
  request: 0,
  response: 0,
  items: 0,
  events: [],
  functions: [
    gateway,
    {
      ...gateway,
      name: 'g-books',
      memory: 512,
      milliseconds: 10,
      tables: [{ table: 'g-books', readUnits: 4, writeUnits: 0 }],
    },
  ],
};

const WRITE: OperationUse = {
  ...READ,
  name: 'Write',
  kind: 'mutation',
  events: [{ source: 'books', type: 'Added', count: 1, bytes: 0 }],
  functions: [
    gateway,
    { ...gateway, name: 'g-books', milliseconds: 30, tables: [{ table: 'g-books', readUnits: 0, writeUnits: 5 }] },
    { ...gateway, name: 'g-loans-consumer', milliseconds: 40 },
  ],
};

const MIX = [
  { use: READ, share: 0.75 },
  { use: WRITE, share: 0.25 },
];

test('the load of a mix is the mean of its operations, by their shares', () => {
  expect(loadOf(MIX)).toEqual({
    functions: [
      { name: 'g-gateway', invocations: 1, seconds: expect.closeTo(0.02) },
      // 0.75 × 10 ms + 0.25 × 30 ms.
      { name: 'g-books', invocations: 1, seconds: expect.closeTo(0.015) },
      { name: 'g-loans-consumer', invocations: 0.25, seconds: expect.closeTo(0.01) },
    ],
    tables: [{ table: 'g-books', readUnits: 3, writeUnits: 1.25 }],
    events: 0.25,
  });
});

test('a mix costs the mean of its operations', () => {
  const sums = Object.fromEntries(sumsBy(costOfMix(MIX, FACTS), ({ part }) => part));
  expect((sums.reads ?? 0) * MILLION).toBeCloseTo(3 * 0.125);
  expect((sums.writes ?? 0) * MILLION).toBeCloseTo(1.25 * 0.625);
  expect((sums['function requests'] ?? 0) * MILLION).toBeCloseTo(2.25 * 0.2);
  expect((sums.events ?? 0) * MILLION).toBeCloseTo(0.25);
});

test('cold starts add their share of the time to start', () => {
  const compute = (coldShare: number) =>
    total(costOfMix([{ use: READ, share: 1 }], FACTS, coldShare).filter(({ part }) => part === 'compute'));
  // 1 % of 200 ms at 2 GB and at 0.5 GB.
  expect((compute(0.01) - compute(0)) * MILLION).toBeCloseTo(0.002 * 2.5 * MILLION * 0.0000133334);
});

test('limits are in the order of the rate at which they are met', () => {
  const limits = limitsOf(loadOf(MIX), { gatewayConcurrency: 200 });
  const rates = Object.fromEntries(limits.map(({ name, only = 'always', rate }) => [`${name}, ${only}`, rate]));
  // 1,000 write units ÷ 1.25; 4,000 ÷ 1.25; 1,000 environments ÷ 0.045 busy seconds; 10,000 events ÷ 0.25.
  expect(rates['DynamoDB: writes of g-books, if all are of one partition key']).toBe(800);
  expect(rates['DynamoDB: writes of g-books, while the table is new']).toBe(3_200);
  expect(rates['function URL: requests a second, always']).toBe(2_000);
  expect(rates['Lambda: concurrency of the account, always']).toBeCloseTo(22_222, 0);
  // The gateway and the subgraph; events are asynchronous.
  expect(rates['Lambda: requests a second of the account, always']).toBe(5_000);
  expect(rates['EventBridge: PutEvents, always']).toBe(40_000);
  expect(rates['EventBridge: invocations of consumers, always']).toBe(75_000);
  expect(limits.map(({ rate }) => rate)).toEqual(limits.map(({ rate }) => rate).sort((a, b) => a - b));
});

test('with a peak factor, limits are met at a lower mean rate', () => {
  const [first] = limitsOf(loadOf(MIX), {}, 4);
  expect(first).toMatchObject({ rate: 200, limit: 1_000, perRequest: 1.25 });
});

test('limits that the mix does not use are left out', () => {
  const names = limitsOf(loadOf([{ use: READ, share: 1 }]), {}).map(({ name }) => name);
  expect(names).not.toContain('EventBridge: PutEvents');
  expect(names).not.toContain('DynamoDB: writes of g-books');
});

test('the firewall lets an address send its share of five minutes', () => {
  // 6,000 in 300 s are 20 a second.
  expect(addressesFor(200, { perAddress: 6_000 })).toBe(10);
  expect(addressesFor(200, {})).toBeUndefined();
});

test('fixed resources cost the same each month', () => {
  const resources = { firewalls: 1, firewallRules: 4, alarms: 10, dashboards: 2, metrics: 50 };
  expect(total(fixedCost(resources, pricesOf()))).toBeCloseTo(5 + 4 + 1 + 6 + 15);
  expect(MONTH_SECONDS).toBe(2_628_000);
});

test('growth separates the fixed cost from the cost of an item', () => {
  const points = [1, 10, 50].map((items) => ({ items, dollars: 3 + 0.2 * items }));
  expect(growthOf(points)).toEqual({ fixed: expect.closeTo(3), perItem: expect.closeTo(0.2) });
  expect(growthOf([{ items: 5, dollars: 1 }])).toBeUndefined();
});

describe('concurrency', () => {
  test("is the rate times the duration: Little's law", () => {
    expect(meanConcurrency(200, 0.05)).toBeCloseTo(10);
  });

  // Quantiles of the Poisson distribution from tables.
  test.each([
    [10, 0.5, 10],
    [10, 0.95, 15],
    [10, 0.999, 21],
    [100, 0.99, 124],
    [0.1, 0.99, 1],
    [2_000, 0.5, 2_000],
  ])('of a mean of %d is at most, in a share of %d of the time: %d', (mean, share, count) => {
    expect(concurrencyFor(share, mean)).toBe(count);
  });

  test.each([
    ['constant', () => 0.05],
    ['exponential', (random: () => number) => -0.05 * Math.log(1 - random())],
    ['mostly short, some long', (random: () => number) => (random() < 0.9 ? 0.02 : 0.32)],
  ])('matches simulated Poisson arrivals with durations that are %s, and cold starts', (_, duration) => {
    const [rate, coldStart] = [200, 0.2];
    const { busy, meanDuration } = simulate({ rate, seconds: 800, duration, coldStart });
    const mean = meanConcurrency(rate, meanDuration);
    expect(busy.reduce((sum, count) => sum + count, 0) / busy.length).toBeCloseTo(mean, 0);
    for (const share of [0.5, 0.9, 0.99])
      expect(Math.abs(quantile(busy, share) - concurrencyFor(share, mean))).toBeLessThanOrEqual(1);
  });
});

interface Simulation {
  rate: number;
  seconds: number;
  duration: (random: () => number) => number;
  /** Seconds that a new environment takes longer; one in which no request comes for a minute is removed. */
  coldStart: number;
}

/** Returns the seconds to the next arrival of a Poisson process, for a random number from 0 to 1. */
function interval(rate: number, random: number): number {
  return -Math.log(1 - random) / rate;
}

/** Simulates a function whose environments serve one request at a time; samples the busy ones at regular times. */
function simulate({ rate, seconds, duration, coldStart }: Simulation): { busy: number[]; meanDuration: number } {
  const IDLE_LIMIT = 60;
  const SAMPLE = 0.5;
  const random = seededRandom(42);
  /** Times at which each environment is free. */
  let environments: number[] = [];
  const busy: number[] = [];
  let [requests, sum, nextSample] = [0, 0, IDLE_LIMIT];
  for (let now = 0; now < seconds; now += interval(rate, random())) {
    for (; nextSample < now; nextSample += SAMPLE) busy.push(environments.filter((free) => free > nextSample).length);
    environments = environments.filter((free) => now - free < IDLE_LIMIT);
    // Lambda prefers the environment that was used last.
    const idle = environments.filter((free) => free <= now).sort((a, b) => b - a)[0];
    const time = duration(random) + (idle === undefined ? coldStart : 0);
    if (idle !== undefined) environments.splice(environments.indexOf(idle), 1);
    environments.push(now + time);
    requests += 1;
    sum += time;
  }
  return { busy, meanDuration: sum / requests };
}

function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? 0;
}

/** Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
