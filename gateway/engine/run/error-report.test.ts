import { ErrorReport, type ResponsePath } from './error-report.ts';

test.each<[string, ResponsePath | undefined, ResponsePath, boolean]>([
  ['the same path', ['a', 0, 'b'], ['a', 0, 'b'], true],
  ['an ancestor path', ['a'], ['a', 0, 'b'], true],
  ['a descendant path', ['a', 0, 'b', 'c'], ['a', 0], true],
  ['the root path', [], ['a'], true],
  ['a sibling path', ['a', 1, 'b'], ['a', 0, 'b'], false],
  ['a path with the same text prefix', ['ab'], ['a'], false],
  ['no path', undefined, ['a'], false],
])('whether an error at %s explains a null', (_, errorPath, path, isExplained) => {
  const report = new ErrorReport();
  report.add('other', ['z'], { code: 'X' });
  report.addUnlessReported('null', ['y']);
  report.add('why', errorPath, { code: 'X' });
  report.addUnlessReported('null', path);
  expect(report.errors.map(({ message }) => message)).toEqual([
    'other',
    'null',
    'why',
    ...(isExplained ? [] : ['null']),
  ]);
});

test('at most 10,000 withheld fields are reported', () => {
  const report = new ErrorReport();
  for (let index = 0; index < 10_010; index++) report.addWithheld(['list', index]);
  expect(report.errors).toHaveLength(10_001);
  expect(report.errors.at(-1)).toMatchObject({
    message: expect.stringContaining('at more than 10000 paths'),
    path: undefined,
    extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
  });
});

test('many errors are reported in linear time', () => {
  const report = new ErrorReport();
  const paths = Array.from({ length: 50_000 }, (_, index) => ['list', index, 'field']);
  for (const path of paths) report.add('why', path, { code: 'X' });
  for (const path of paths) report.addUnlessReported('null', path);
  expect(report.errors).toHaveLength(50_000);
});
