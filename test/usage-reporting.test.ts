import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { ContextualizedStats, Report, Trace } from '@apollo/usage-reporting-protobuf';
import { LIBRARY } from '../build/discover.ts';
import { idOf } from '../gateway/operations/operation-id.ts';
import { eventually } from './eventually.ts';
import manifest from './graph/graph/operations/web.json' with { type: 'json' };
import { Library, PREFIX } from './library.ts';
import type { TestSystem } from './system.ts';

/** Usage reports of the whole system to a fake of Apollo's ingress. */

interface Reported {
  headers: IncomingHttpHeaders;
  report: Report;
}

interface Fetched {
  fetch: { serviceName: string; trace: { root: { child: unknown } } };
}

const reported: Reported[] = [];
let refusals = 0;
const ingress = createServer(async (incoming, outgoing) => {
  const body = Buffer.concat(await incoming.toArray());
  if (refusals-- > 0) return outgoing.writeHead(503).end('busy');
  reported.push({ headers: incoming.headers, report: Report.decode(gunzipSync(body)) });
  outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{"tracesIgnored":false}');
});

const assembly = mkdtempSync(join(tmpdir(), 'studio-'));
let system: TestSystem;
beforeAll(async () => {
  await new Promise<void>((resolve) => ingress.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(ingress.address() as AddressInfo).port}/api/ingress/traces`;
  const env = {
    CDK_VALIDATION: 'false',
    APOLLO_KEY: 'service:library:k3y',
    APOLLO_GRAPH_REF: 'library@test',
    APOLLO_USAGE_REPORTING_INGRESS_URL: url,
  };
  await promisify(execFile)(process.execPath, ['build/synthesize.ts', assembly, LIBRARY], {
    cwd: join(import.meta.dirname, '..'),
    env,
  });
  ({ system } = await Library.start({ assembly, secrets: { [`${PREFIX}apollo-key`]: 'service:library:k3y' } }));
  gatewayWith({ USAGE_TRACED_SHARE: '1' });
}, 120_000);
afterAll(async () => {
  await system.close();
  ingress.closeAllConnections();
  ingress.close();
  rmSync(assembly, { recursive: true });
});
beforeEach(() => {
  reported.length = 0;
});

/** Replaces the gateway by one with these variables. */
function gatewayWith(environment: Record<string, string>): void {
  system.replaceFunctions((definition) =>
    definition.environment.USAGE_TRACED_SHARE
      ? { ...definition, environment: { ...definition.environment, ...environment } }
      : undefined,
  );
}

async function ask(request: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${system.system.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apollographql-client-name': 'web', ...headers },
    body: JSON.stringify(request),
  });
  return response.json();
}

/** Waits for a report on an operation whose key has this prefix; returns it with its traces and statistics. */
function reportOn(prefix: string) {
  return eventually(async () => {
    const all = reported.flatMap(({ headers, report }) =>
      Object.entries(report.tracesPerQuery).map(([key, statistics]) => ({ headers, report, key, statistics })),
    );
    const found = all.find(({ key }) => key.startsWith(prefix));
    if (!found) throw new Error(`No report on ${prefix}`);
    const traces = (found.statistics.trace ?? []).map((trace) =>
      Trace.toObject(trace instanceof Uint8Array ? Trace.decode(trace) : Trace.create(trace), { longs: Number }),
    );
    const stats = (Array.isArray(found.statistics.statsWithContext) ? found.statistics.statsWithContext : []).map(
      (each) => ContextualizedStats.toObject(ContextualizedStats.create(each), { longs: Number }),
    );
    return { ...found, traces, stats };
  });
}

test('an operation is reported with its signature, client, plan and a trace of each subgraph', async () => {
  expect(await ask({ query: 'query Genres { shelves: genres { id name } me { id email } }' })).toMatchObject({
    data: {},
  });
  const { headers, report, key, statistics, traces } = await reportOn('# Genres');
  expect(headers).toMatchObject({
    'x-api-key': 'service:library:k3y',
    'content-encoding': 'gzip',
    accept: 'application/json',
    'user-agent': 'graph-gateway',
  });
  expect(report.header).toMatchObject({
    graphRef: 'library@test',
    executableSchemaId: expect.stringMatching(/^\w{64}$/),
  });
  expect(report.operationCount).toBe(1);
  expect(key).toBe('# Genres\nquery Genres{genres{id name}me{email id}}');
  expect(statistics.referencedFieldsByType).toMatchObject({
    Query: { fieldNames: ['genres', 'me'] },
    Genre: { fieldNames: ['id', 'name'] },
  });
  const [trace] = traces;
  expect(trace).toMatchObject({ clientName: 'web', fieldExecutionWeight: 1, http: { method: Trace.HTTP.Method.POST } });
  expect(trace?.durationNs).toBeGreaterThan(0);
  const [first] = trace?.queryPlan?.sequence.nodes ?? [];
  const fetched = first.parallel.nodes.map(({ fetch }: Fetched) => [fetch.serviceName, fetch.trace.root.child]);
  expect(fetched).toEqual([
    ['books', [expect.objectContaining({ responseName: 'genres', type: expect.stringContaining('Genre') })]],
    ['members', [expect.objectContaining({ responseName: 'me', type: 'Member' })]],
  ]);
}, 60_000);

test('a registered operation, which runs without Apollo Server, is reported too', async () => {
  const { id, name } = manifest.operations.find(({ type }) => type === 'query') ?? { id: '', name: '' };
  await ask({ documentId: id, variables: { id: '1', others: 1, first: 1 } });
  const { traces } = await reportOn(`# ${name}\n`);
  expect(traces[0]).toMatchObject({ registeredOperation: true, clientName: 'web' });
}, 60_000);

test('invalid operations are counted, and signatures leave out literal values', async () => {
  await ask({ query: '{ nothing' });
  await reportOn('## GraphQLParseFailure');
  await ask({ query: '{ nothing }' });
  await reportOn('## GraphQLValidationFailure');
  await ask({ query: 'query Secret { book(id: "the secret") { id } }' });
  const { key, report } = await reportOn('# Secret');
  expect(key).toBe('# Secret\nquery Secret{book(id:""){id}}');
  expect(JSON.stringify(Report.toObject(report))).not.toContain('the secret');
}, 60_000);

test('a report that the ingress refuses is sent again', async () => {
  refusals = 1;
  await ask({ query: 'query Again { genres { id } }' });
  await reportOn('# Again');
  expect(refusals).toBeLessThan(0);
}, 60_000);

describe('without traces', () => {
  beforeAll(() => gatewayWith({ USAGE_TRACED_SHARE: '0' }));
  afterAll(() => gatewayWith({ USAGE_TRACED_SHARE: '1' }));

  test('an operation is reported in statistics', async () => {
    const version = { 'apollographql-client-version': '1.2' };
    await ask({ query: 'query Untraced { genres { id } }' }, version);
    const { report, traces, stats } = await reportOn('# Untraced');
    expect(traces).toEqual([]);
    expect(report.tracesPreAggregated).toBe(false);
    expect(report.endTime?.seconds).toBeGreaterThan(Date.now() / 1_000 - 60);
    const [{ queryLatencyStats, ...others } = {}] = stats;
    expect(others).toEqual({ context: { clientName: 'web', clientVersion: '1.2' } });
    const { latencyCount, publicCacheTtlCount, ...counts } = queryLatencyStats;
    // An hour is in bucket 231, after as many empty ones.
    expect(latencyCount).toEqual([expect.any(Number), 1]);
    expect(publicCacheTtlCount).toEqual([-231, 1]);
    expect(counts).toEqual({
      requestCount: 1,
      requestsWithoutFieldInstrumentation: 1,
      persistedQueryHits: 0,
      persistedQueryMisses: 0,
      registeredOperationCount: 0,
      forbiddenOperationCount: 0,
      rootErrorStats: { errorsCount: 0, requestsWithErrorsCount: 0 },
      requestsWithErrorsCount: 0,
    });
  }, 60_000);

  test('the errors of a subgraph are counted at their paths', async () => {
    const data = await ask({ query: 'query Cursor { books(first: 1, after: "none") { edges { cursor } } }' });
    expect(data).toMatchObject({ errors: [{ path: ['books'], extensions: { serviceName: 'books' } }] });
    const { stats } = await reportOn('# Cursor');
    const books = { errorsCount: 1, requestsWithErrorsCount: 1 };
    expect(stats[0]?.queryLatencyStats).toMatchObject({
      requestsWithErrorsCount: 1,
      rootErrorStats: { children: { 'service:books': { children: { books } } } },
    });
  }, 60_000);

  test('an automatic persisted query is a miss when it is stored, and a hit afterwards', async () => {
    const query = 'query Stored { genres { name } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: idOf(query) } };
    await ask({ extensions, query });
    expect((await reportOn('# Stored')).stats[0]?.queryLatencyStats).toMatchObject({ persistedQueryMisses: 1 });
    reported.length = 0;
    await ask({ extensions });
    expect((await reportOn('# Stored')).stats[0]?.queryLatencyStats).toMatchObject({ persistedQueryHits: 1 });
  }, 60_000);

  test('an operation that the safelist rejects is forbidden', async () => {
    gatewayWith({ USAGE_TRACED_SHARE: '0', SAFELIST: 'only' });
    await ask({ query: 'query Forbidden { book(id: "the secret") { id } }' });
    const { key, report, stats } = await reportOn('# Forbidden');
    expect(key).toBe('# Forbidden\nquery Forbidden{book(id:""){id}}');
    expect(report.operationCount).toBe(1);
    expect(stats[0]?.queryLatencyStats).toMatchObject({ forbiddenOperationCount: 1, requestsWithErrorsCount: 1 });
  }, 60_000);
});

test('only the reporter has the key', () => {
  const withKey = system.system.model.functions.filter(({ environment }) =>
    JSON.stringify(environment).includes('k3y'),
  );
  expect(withKey.map(({ name }) => name)).toEqual([`${PREFIX}usage-reporter`]);
});
