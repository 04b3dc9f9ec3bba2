import { differenceLines } from './stack-differences.ts';

test('each stack that does not run as the source has it gets a line with what to do', () => {
  const running = { graph: 'library', stage: 'dev', port: 4100 };
  const lines = differenceLines(
    [
      { name: 'library-dev-books', kind: 'changed' },
      { name: 'library-dev-loans', kind: 'destroyed' },
      { name: 'other', kind: 'extra' },
    ],
    running,
  );
  const deploy = (service: string) => `"npm run deploy -- ${service} --local --stage dev --port 4100"`;
  expect(lines).toEqual([
    `  library-dev-books runs as it was deployed, not as in the source: ${deploy('books')} deploys the source`,
    `  library-dev-loans does not run, because it was destroyed: ${deploy('loans')} creates it again`,
    '  other runs as it was deployed, and is not in the source',
  ]);
});
