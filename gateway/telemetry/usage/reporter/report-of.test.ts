import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsageOperation, UsageRecord } from '../usage-record.ts';
import { KEYS, OperationKeys, SCHEMA } from './operation-keys.ts';
import { reportOf } from './report-of.ts';

const asset = mkdtempSync(join(tmpdir(), 'reporter-'));
writeFileSync(join(asset, SCHEMA), 'type Query { stay: Stay } type Stay { title: String }');
writeFileSync(join(asset, KEYS), JSON.stringify({ abc: '# Stay\nquery Stay{stay{title}}' }));
afterAll(() => rmSync(asset, { recursive: true }));

const record = (operation: UsageOperation): UsageRecord => ({
  operation,
  startedAt: Date.UTC(2026, 4, 1),
  milliseconds: 12,
  method: 'POST',
  weight: 0,
  errors: [],
  plan: [],
  calls: [],
});

/** Reports the operations; returns the reported keys with their fields. */
function report(...operations: UsageOperation[]) {
  const { tracesPerQuery, operationCount } = reportOf(operations.map(record), new OperationKeys(asset), 'library@dev');
  const fields = Object.entries(tracesPerQuery).map(([key, { referencedFieldsByType }]) => [
    key,
    referencedFieldsByType,
  ]);
  return { operationCount, fields: Object.fromEntries(fields) };
}

const STAY = {
  Query: { fieldNames: ['stay'], isInterface: false },
  Stay: { fieldNames: ['title'], isInterface: false },
};

test('runs of a registered operation are reported together by its signature', () => {
  expect(report({ id: 'abc' }, { id: 'abc' })).toEqual({
    operationCount: 2,
    fields: { '# Stay\nquery Stay{stay{title}}': STAY },
  });
});

test("operations of the previous deployment do not affect the others' report", () => {
  const before = '# Gone\nquery Gone{host{name}}';
  expect(report({ id: 'unknown' }, { key: before }, { id: 'abc' })).toEqual({
    operationCount: 2,
    fields: { [before]: {}, '# Stay\nquery Stay{stay{title}}': STAY },
  });
});
