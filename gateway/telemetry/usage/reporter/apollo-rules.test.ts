import { join } from 'node:path';
import { Report, ReportHeader, Trace } from '@apollo/usage-reporting-protobuf';
import fc from 'fast-check';
import type { UsageError } from '../usage-record.ts';
import { OperationStats } from './operation-stats.ts';
import { TraceSampling } from './trace-sampling.ts';

/** The statistics of traces equal those of Apollo Server's own reports, field by field. */

const REPORTING = join(import.meta.dirname, '../../../../node_modules/@apollo/server/dist/cjs/plugin/usageReporting');
const { OurReport } = require(join(REPORTING, 'stats.js'));
const { defaultSendOperationsAsTrace } = require(join(REPORTING, 'defaultSendOperationsAsTrace.js'));

const KEY = '# Shelf\nquery Shelf{shelf{title}}';

interface Request {
  trace: Trace;
  errors: Required<UsageError>[];
}

/** Returns the statistics as Studio receives them, from Apollo Server's reporter. */
function expected(requests: Request[]) {
  const report = new OurReport(new ReportHeader());
  for (const { trace, errors } of requests)
    report.addTrace({
      statsReportKey: KEY,
      trace,
      asTrace: false,
      referencedFieldsByType: {},
      nonFtv1ErrorPaths: errors.map(({ service, path }) => ({ subgraph: service, path })),
    });
  report.ensureCountsAreIntegers();
  return received(report);
}

function actual(requests: Request[]) {
  const statsWithContext = new OperationStats();
  for (const { trace, errors } of requests) statsWithContext.add(trace, errors);
  return received(Report.create({ header: {}, tracesPerQuery: { [KEY]: { statsWithContext } } }));
}

function received(report: Report) {
  const { tracesPerQuery } = Report.decode(Report.encode(report).finish());
  return Report.toObject(Report.create({ tracesPerQuery }), { defaults: true, longs: Number }).tracesPerQuery[KEY]
    .statsWithContext;
}

const name = fc.constantFrom('shelf', 'title', '__proto__', 'constructor', 'toString');
const time = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 1e12 }));
const weight = fc.constantFrom(0, 1, 10, 2.5);
const error = fc.constant({ message: '<masked>' });

const { node } = fc.letrec<{ node: Trace.INode }>((tie) => ({
  node: fc.record(
    {
      responseName: name,
      originalFieldName: name,
      type: fc.constantFrom('String!', '[Shelf!]'),
      parentType: fc.constantFrom('Query', 'Shelf'),
      startTime: time,
      endTime: time,
      error: fc.array(error, { maxLength: 2 }),
      child: fc.array(tie('node'), { maxLength: 2, depthIdentifier: 'node' }),
    },
    { requiredKeys: [] },
  ),
}));

const fetched = fc
  .record({ serviceName: fc.constantFrom('books', 'loans'), root: node })
  .map(({ serviceName, root }) => ({
    fetch: { serviceName, trace: Trace.create({ root }) },
  }));
const plan = fc.record({ first: fc.array(fetched, { maxLength: 2 }), second: fetched }).map(({ first, second }) => ({
  sequence: { nodes: [{ parallel: { nodes: first } }, { flatten: { responsePath: [], node: second } }] },
}));

const trace = fc
  .record(
    {
      durationNs: time,
      endTime: fc.record({ seconds: fc.integer({ min: 0, max: 130 }), nanos: fc.constant(0) }),
      clientName: fc.constantFrom('', 'web'),
      clientVersion: fc.constantFrom('', '1'),
      fieldExecutionWeight: weight,
      persistedQueryHit: fc.boolean(),
      persistedQueryRegister: fc.boolean(),
      registeredOperation: fc.boolean(),
      forbiddenOperation: fc.boolean(),
      cachePolicy: fc.record({
        scope: fc.constantFrom(0, 1, 2),
        maxAgeNs: fc.integer({ min: 1, max: 3_600 }).map((s) => s * 1e9),
      }),
      root: node,
      queryPlan: plan,
    },
    { requiredKeys: ['durationNs', 'endTime'] },
  )
  .map((fields) => Trace.create(fields));

const path = fc.array(fc.oneof(name, fc.integer({ min: 0, max: 3 })), { maxLength: 3 });
const requests = fc.array(
  fc.record({
    trace,
    errors: fc.array(fc.record({ service: fc.constantFrom('books', 'loans'), path }), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test('statistics equal those of Apollo Server', () => {
  fc.assert(
    fc.property(requests, (all) => expect(actual(all)).toEqual(expected(all))),
    { numRuns: 300 },
  );
});

test('the same traces are sent as by Apollo Server', () => {
  fc.assert(
    fc.property(fc.array(trace, { maxLength: 12 }), (traces) => {
      const sampling = new TraceSampling();
      const sendsTrace = defaultSendOperationsAsTrace();
      for (const each of traces) expect(sampling.take(KEY, each)).toBe(sendsTrace(each, KEY));
    }),
  );
});
