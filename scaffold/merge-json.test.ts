import { mergeJson } from './merge-json.ts';

const base = { name: 'sample', version: '1', dependencies: { a: '1', b: '1', d: '1' } };

test('merges changes, additions and deletions of both sides', () => {
  const ours = { name: 'acme', version: '1', dependencies: { a: '1', c: '5', d: '1' }, own: true };
  const theirs = { name: 'sample', version: '2', dependencies: { a: '2', b: '1', e: '1' }, more: 1 };
  const merged = mergeJson(base, ours, theirs);
  expect(merged).toEqual({ name: 'acme', version: '2', dependencies: { a: '2', c: '5', e: '1' }, more: 1, own: true });
  expect(JSON.stringify(merged.dependencies)).toBe('{"a":"2","c":"5","e":"1"}');
});

test('our value wins if both sides changed it', () => {
  expect(mergeJson(base, { ...base, version: 'ours' }, { ...base, version: 'theirs' }).version).toBe('ours');
  expect(mergeJson(base, { ...base, dependencies: {} }, base).dependencies).toEqual({});
});
