import type { Explanation, FunctionRun } from '#platform/telemetry/explanation.ts';
import { line, sumsBy, total } from './cost.ts';
import { doorCost } from './door-cost.ts';
import { type SystemFacts, typicalFacts } from './facts.ts';
import { pricesOf } from './prices.ts';
import { costOf, eventCost, functionCost } from './request-cost.ts';

const PRICES = pricesOf();
const FACTS: SystemFacts = { ...typicalFacts(PRICES), typicalLogBytes: 0 };
const MILLION = 1_000_000;

const run = (name: string, more: Partial<FunctionRun> = {}): FunctionRun => ({
  name,
  memory: 1_024,
  run: 100,
  tables: [],
  events: [],
  ...more,
});

const read = { action: 'Query', began: 0, ended: 3, writeUnits: 0, items: 1 };

const explanation = (gateway: FunctionRun, calls: FunctionRun[]): Explanation => ({
  requestId: '1',
  traceparent: '',
  operation: { kind: 'query', plan: 'precompiled' },
  plan: [],
  gateway,
  calls: calls.map((each, i) => ({
    service: each.name,
    fetches: [i],
    query: '{ __typename }',
    variables: {},
    began: 0,
    ended: 100,
    requestBytes: 100,
    responseBytes: 100,
    function: each,
  })),
});

describe('examples of AWS', () => {
  // https://aws.amazon.com/lambda/pricing/: 3 million requests of 120 ms with 1,536 MB on x86 cost $2.73 after the free
  // 400,000 GB-seconds ($2.33 remain of 540,000) and the first million requests ($0.40 remain).
  test('Lambda: a mobile backend', () => {
    const facts = { ...FACTS, architecture: 'x86_64' as const };
    const lines = functionCost(run('backend', { run: 120, memory: 1_536 }), facts);
    const [requests, compute] = lines;
    expect((requests?.quantity ?? 0) * 3 * MILLION).toBe(3 * MILLION);
    expect((compute?.quantity ?? 0) * 3 * MILLION).toBeCloseTo(540_000);
    const billed = [
      line(PRICES, 'function requests', 'backend', 'lambdaRequest', 2 * MILLION),
      line(PRICES, 'compute', 'backend', 'lambdaX86', 140_000),
    ];
    expect(total(billed)).toBeCloseTo(2.73, 2);
  });
});

test('a request costs its door, its functions and their tables', () => {
  const gateway = run('g-gateway', { memory: 2_048, run: 9.2 });
  const books = run('g-books', {
    memory: 512,
    run: 3.5,
    tables: [
      { ...read, table: 'g-books', readUnits: 2.5 },
      { ...read, table: 'g-books', readUnits: 0.5 },
    ],
  });
  const lines = costOf(explanation(gateway, [books]), { request: 500, response: 2_000 }, FACTS);
  const perMillion = Object.fromEntries(
    sumsBy(lines, ({ part }) => part).map(([part, dollars]) => [part, dollars * MILLION]),
  );
  expect(perMillion).toEqual({
    // A free function URL, and 2,000 bytes × 10⁶ ÷ 1,073,741,824 = 1.862645 GB at $0.09.
    door: expect.closeTo(0.167638, 5),
    // Two at $0.20.
    'function requests': expect.closeTo(0.4, 8),
    // 10 ms × 2 GB + 4 ms × 0.5 GB = 0.022 GB-seconds, a million times, at $0.0000133334.
    compute: expect.closeTo(0.2933348, 6),
    // Three read units.
    reads: expect.closeTo(0.375, 8),
    // 2 × 104 bytes around log lines: 208 MB ÷ 1,073,741,824 at $0.50.
    logs: expect.closeTo(0.096858, 5),
  });
});

test('the start of an environment is billed as compute', () => {
  const [, warm] = functionCost(run('f', { run: 10 }), FACTS);
  const [, cold] = functionCost(run('f', { run: 10, init: 190 }), FACTS);
  expect(cold?.quantity).toBeCloseTo(20 * (warm?.quantity ?? 0));
});

test('a failed call without a report of its function costs nothing', () => {
  const whole = explanation(run('g-gateway'), [run('g-books')]);
  const [call] = whole.calls;
  const failed = { ...whole, calls: call ? [{ ...call, function: undefined, error: 'SUBGRAPH_TIMEOUT' }] : [] };
  const lines = costOf(JSON.parse(JSON.stringify(failed)), { request: 1, response: 1 }, FACTS);
  expect(lines.filter(({ part }) => part === 'compute').map(({ name }) => name)).toEqual(['g-gateway']);
});

test('behind CloudFront, data out is billed by CloudFront only', () => {
  const lines = doorCost({ request: 100, response: 1_000 }, { ...FACTS, door: ['CloudFront', 'WAF', 'function URL'] });
  const names = lines.map(({ price }) => price);
  expect(names).toEqual(['cloudFrontRequest', 'cloudFrontOut', 'wafRequest', 'functionUrlRequest']);
});

describe('an event', () => {
  const flow = {
    source: 'loans',
    type: 'BookBorrowed',
    bytes: 1_000,
    publisher: run('g-loans-publisher', { memory: 512, run: 20 }),
    batch: 4,
    consumers: [
      run('g-books-consumer', {
        memory: 512,
        run: 10,
        tables: [{ ...read, table: 'g-books', readUnits: 0, writeUnits: 2 }],
      }),
      run('g-popularity-consumer', { memory: 512, run: 10 }),
    ],
  };

  test('costs its bus, its share of the publisher, and each consumer', () => {
    const perMillion = (part: string) =>
      total(eventCost(flow, { ...FACTS, isArchived: true }).filter((each) => each.part === part)) * MILLION;
    // $1.00 for a million events and 0.931323 GB of archive at $0.10.
    expect(perMillion('events')).toBeCloseTo(1.0931323, 5);
    // A quarter of one invocation and two whole ones.
    expect(perMillion('function requests')).toBeCloseTo(2.25 * 0.2, 8);
    // (20 ms ÷ 4 + 10 ms + 10 ms) × 0.5 GB.
    expect(perMillion('compute')).toBeCloseTo(0.0125 * MILLION * 0.0000133334, 8);
    expect(perMillion('writes')).toBeCloseTo(2 * 0.625, 8);
  });

  test('belongs to the request that wrote it to the outbox', () => {
    const facts = { ...FACTS, events: [flow] };
    const write = explanation(run('g-gateway'), [run('g-loans', { events: ['BookBorrowed'] })]);
    const caused = costOf(write, { request: 1, response: 1 }, facts).filter(
      ({ event }) => event === 'loans.BookBorrowed',
    );
    expect(new Set(caused.map(({ name }) => name))).toEqual(
      new Set(['loans.BookBorrowed', 'g-loans-publisher', 'g-books-consumer', 'g-popularity-consumer', 'g-books']),
    );
  });

  test('of an unknown type costs its delivery to the bus', () => {
    const write = explanation(run('g-gateway'), [run('g-loans', { events: ['BookLost'] })]);
    const lines = costOf(write, { request: 1, response: 1 }, FACTS);
    expect(lines.find(({ price }) => price === 'event')).toMatchObject({ quantity: 1, dollars: 1 / MILLION });
  });
});

test('an unknown region is an error that lists the known ones', () => {
  expect(() => pricesOf('mars-north-1')).toThrow('There are no prices for the region "mars-north-1": choose us-east-1');
});

test('each price has an official source and a positive divisor', () => {
  for (const { source, per, dollars } of Object.values(PRICES.prices)) {
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(per).toBeGreaterThan(0);
    expect(dollars).toBeGreaterThanOrEqual(0);
  }
});
