import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { BOOK, Library, OFFER, PREFIX } from './library.ts';
import type { TestSystem } from './system.ts';

let system: TestSystem;
let member: string;
beforeAll(async () => {
  ({ system } = await Library.start());
  member = await system.user('hal');
}, 120_000);
afterAll(() => system.close());

const CLIENT_SPAN = '00f067aa0ba902b7';

/** Offers a book, an event for other services; returns the id of the request's trace. */
async function offerBook(): Promise<string> {
  const traceId = randomBytes(16).toString('hex');
  const traceparent = `00-${traceId}-${CLIENT_SPAN}-01`;
  const response = await fetch(`${system.system.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${member}`, traceparent },
    body: JSON.stringify({ query: OFFER, variables: { input: BOOK } }),
  });
  expect(await response.json()).toMatchObject({ data: { offerBook: { __typename: 'Book' } } });
  return traceId;
}

/** Returns the log entries of a trace, once each of these functions has one. */
async function logEntriesOf(traceId: string, functions: string[]): Promise<Record<string, unknown>[]> {
  return eventually(async () => {
    const lines = system.logs.filter((line) => line.includes(traceId)).map((line) => line.split(/ (.*)/s));
    expect(lines.map(([name]) => name)).toEqual(expect.arrayContaining(functions));
    return lines.map(([name, json = '']) => ({ ...JSON.parse(json), function: name }));
  });
}

const FUNCTIONS = ['gateway', 'books', 'loans-consumer', 'popularity-consumer'].map((name) => PREFIX + name);

test('the trace of a request reaches every function that it causes to run, consumers of its events included', async () => {
  const entries = await logEntriesOf(await offerBook(), FUNCTIONS);
  const xrayRoots = entries.flatMap(({ xray_trace_id: root }) => root ?? []);
  expect(new Set(xrayRoots).size).toBe(1);
}, 60_000);

test('with a layer that registers OpenTelemetry, the spans of all functions form one tree', async () => {
  const NODE_OPTIONS = `--require ${join(import.meta.dirname, 'functions', 'spans.cjs')}`;
  system.replaceFunctions((definition) => ({
    ...definition,
    environment: { ...definition.environment, NODE_OPTIONS },
  }));
  const traceId = await offerBook();
  const spans = await eventually(async () => {
    const found = (await logEntriesOf(traceId, FUNCTIONS)).filter(({ span }) => span);
    expect(found.length).toBeGreaterThanOrEqual(5);
    return found;
  });
  const spanOf = (name: string, of: string) =>
    spans.find(({ span, function: fn }) => span === name && String(fn).endsWith(of));
  const request = spanOf('graphql request', 'gateway');
  const call = spanOf('subgraph books', 'gateway');
  const operation = spanOf('graphql operation', 'books');
  expect(request).toMatchObject({ parentSpanId: CLIENT_SPAN });
  expect(call).toMatchObject({ parentSpanId: request?.spanId });
  expect(operation).toMatchObject({ parentSpanId: call?.spanId });
  for (const consumer of ['loans-consumer', 'popularity-consumer'])
    expect(spanOf('event BookOffered', consumer)).toMatchObject({ parentSpanId: operation?.spanId });
}, 60_000);
