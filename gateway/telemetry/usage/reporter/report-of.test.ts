import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Report, type Trace } from '@apollo/usage-reporting-protobuf';
import type { UsageOperation, UsageRecord } from '../usage-record.ts';
import { KEYS, OperationKeys, SCHEMA } from './operation-keys.ts';
import { reportOf } from './report-of.ts';
import { traceOf } from './trace-of.ts';

const SDL = 'type Query { shelf: Shelf } type Shelf { title: String }';
const asset = mkdtempSync(join(tmpdir(), 'reporter-'));
writeFileSync(join(asset, SCHEMA), SDL);
writeFileSync(join(asset, KEYS), JSON.stringify({ abc: '# Shelf\nquery Shelf{shelf{title}}' }));
afterAll(() => rmSync(asset, { recursive: true }));

const SHELF = '# Shelf\nquery Shelf{shelf{title}}';
const AT = Date.UTC(2026, 4, 1);

const record = (operation: UsageOperation, other: Partial<UsageRecord> = {}): UsageRecord => ({
  operation,
  startedAt: AT,
  milliseconds: 12,
  method: 'POST',
  weight: 0,
  errors: [],
  plan: [],
  calls: [],
  ...other,
});

/** Encodes and decodes the report of some records, as Studio receives it. */
function report(records: UsageRecord[], sendTrace = (_: string, _trace: Trace) => true): Report {
  const sent = reportOf(records, { keys: new OperationKeys(asset), graphRef: 'library@dev', sendTrace });
  return Report.decode(Report.encode(sent).finish());
}

const plain = (value: Report) => Report.toObject(value, { longs: Number });
const only = (value: Report) => Object.values(plain(value).tracesPerQuery)[0] as ReturnType<typeof plain>;

const FIELDS = {
  Query: { fieldNames: ['shelf'] },
  Shelf: { fieldNames: ['title'] },
};

test('a report has the header that Studio requires', () => {
  expect(plain(report([record({ id: 'abc' })]))).toMatchObject({
    header: {
      graphRef: 'library@dev',
      hostname: expect.stringMatching(/./),
      agentVersion: 'graph-gateway',
      runtimeVersion: `node ${process.version}`,
      uname: expect.stringContaining(process.platform),
      executableSchemaId: createHash('sha256').update(SDL).digest('hex'),
    },
    endTime: { seconds: AT / 1_000, nanos: 12e6 },
    operationCount: 1,
  });
});

test('each operation is either a trace or in the statistics', () => {
  const records = [record({ id: 'abc' }), record({ id: 'abc' }, { weight: 10 }), record({ id: 'abc' }, { weight: 10 })];
  let traces = 0;
  const sent = report(records, () => traces++ === 0);
  expect(sent.tracesPreAggregated).toBe(false);
  const { trace, statsWithContext, referencedFieldsByType } = only(sent);
  expect(referencedFieldsByType).toMatchObject(FIELDS);
  expect(trace).toMatchObject([{ fieldExecutionWeight: 10, registeredOperation: true }]);
  expect(statsWithContext).toMatchObject([
    {
      context: {},
      queryLatencyStats: { requestCount: 2, requestsWithoutFieldInstrumentation: 1, registeredOperationCount: 2 },
    },
  ]);
});

test('runs of a registered operation and of its text are reported together by its signature', () => {
  const sent = report([record({ id: 'abc' }), record({ key: SHELF })]);
  expect(Object.keys(sent.tracesPerQuery)).toEqual([SHELF]);
  expect(only(sent).statsWithContext).toMatchObject([
    { queryLatencyStats: { requestCount: 2, registeredOperationCount: 1 } },
  ]);
});

test("operations of the previous deployment do not affect the others' report", () => {
  const before = '# Gone\nquery Gone{host{name}}';
  const sent = plain(report([record({ id: 'unknown' }), record({ key: before }), record({ id: 'abc' })]));
  expect(sent.operationCount).toBe(2);
  expect(Object.keys(sent.tracesPerQuery)).toEqual([before, SHELF]);
  expect(sent.tracesPerQuery[before].referencedFieldsByType).toBeUndefined();
});

test('requests without an operation are reported, but do not count as operations', () => {
  const sent = plain(
    report([record({ key: '## GraphQLParseFailure\n' }, { errors: [{ path: [] }] }), record({ id: 'abc' })]),
  );
  expect(sent.operationCount).toBe(1);
  expect(sent.tracesPerQuery['## GraphQLParseFailure\n'].statsWithContext).toMatchObject([
    {
      queryLatencyStats: { requestsWithErrorsCount: 1, rootErrorStats: { errorsCount: 1, requestsWithErrorsCount: 1 } },
    },
  ]);
});

test('statistics are kept by client and version', () => {
  const clients = [['web', '1'], ['web', '2'], ['web', '1'], []];
  const records = clients.map(([clientName, clientVersion]) =>
    record({ id: 'abc' }, { ...(clientName && { clientName }), ...(clientVersion && { clientVersion }) }),
  );
  const stats = only(report(records)).statsWithContext as ReturnType<typeof plain>[];
  expect(stats.map(({ context, queryLatencyStats }) => [context, queryLatencyStats.requestCount])).toEqual([
    [{ clientName: 'web', clientVersion: '1' }, 2],
    [{ clientName: 'web', clientVersion: '2' }, 1],
    [{ clientName: '', clientVersion: '' }, 1],
  ]);
});

test("a subgraph's error without a trace is counted at its path, by subgraph", () => {
  const errors = [
    { path: ['shelf', 0, 'title'], service: 'books' },
    { path: ['shelf', 1, 'title'], service: 'books' },
  ];
  const { trace, statsWithContext } = only(report([record({ id: 'abc' }, { weight: 1, errors })]));
  expect(trace).toBeUndefined();
  const title = { errorsCount: 2, requestsWithErrorsCount: 1 };
  expect(statsWithContext).toMatchObject([
    {
      queryLatencyStats: {
        requestsWithErrorsCount: 1,
        rootErrorStats: { children: { 'service:books': { children: { shelf: { children: { title } } } } } },
      },
    },
  ]);
});

test("the gateway's own errors are nodes of its trace, without their messages", () => {
  const { root } = traceOf(record({ id: 'abc' }, { errors: [{ path: ['shelf', 0, 'title'] }, { path: ['shelf'] }] }));
  const at = (path: (string | number)[]) => [
    { message: '<masked>', json: JSON.stringify({ message: '<masked>', path }) },
  ];
  expect(root).toEqual({
    child: [
      {
        responseName: 'shelf',
        error: at(['shelf']),
        child: [{ index: 0, child: [{ responseName: 'title', error: at(['shelf', 0, 'title']) }] }],
      },
    ],
  });
});
