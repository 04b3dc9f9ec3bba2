import { ErrorReport, type ResponsePath } from './error-report.ts';

test.each<[string, ResponsePath | undefined, ResponsePath, boolean]>([
  ['the same place', ['a', 0, 'b'], ['a', 0, 'b'], true],
  ['a place around it', ['a'], ['a', 0, 'b'], true],
  ['a place in it', ['a', 0, 'b', 'c'], ['a', 0], true],
  ['the whole answer', [], ['a'], true],
  ['a place beside it', ['a', 1, 'b'], ['a', 0, 'b'], false],
  ['a place whose name begins alike', ['ab'], ['a'], false],
  ['no place', undefined, ['a'], false],
])('a null is explained by an error at %s', (_, told, path, isExplained) => {
  const report = new ErrorReport();
  report.add('other', ['z'], { code: 'X' });
  report.addUnlessExplained('null', ['y']);
  report.add('why', told, { code: 'X' });
  report.addUnlessExplained('null', path);
  expect(report.errors.map(({ message }) => message)).toEqual([
    'other',
    'null',
    'why',
    ...(isExplained ? [] : ['null']),
  ]);
});

test('of many withheld fields, 10,000 are named', () => {
  const report = new ErrorReport();
  for (let index = 0; index < 10_010; index++) report.addWithheld(['list', index]);
  expect(report.errors).toHaveLength(10_001);
  expect(report.errors.at(-1)).toMatchObject({
    message: expect.stringContaining('more than the 10000 places'),
    path: undefined,
    extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
  });
});

test('many errors are told in a time that grows with their number', () => {
  const report = new ErrorReport();
  const paths = Array.from({ length: 50_000 }, (_, index) => ['list', index, 'field']);
  for (const path of paths) report.add('why', path, { code: 'X' });
  for (const path of paths) report.addUnlessExplained('null', path);
  expect(report.errors).toHaveLength(50_000);
});
