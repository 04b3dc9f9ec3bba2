import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../build/discover.ts';

/** A code block whose info string names its file. */
const QUOTED = /^```\w+ (\S+)\n([\s\S]+?)^```$/gm;

const quotations = globSync('sample/docs/*.md', { cwd: ROOT }).flatMap((document) =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(QUOTED)].map(([, file = '', code = '']) => ({
    document,
    file,
    code: code.trimEnd(),
  })),
);

test('the documents have code blocks', () => expect(quotations.length).toBeGreaterThan(10));

test.each(quotations)('$document quotes $file literally', ({ file, code }) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(code);
});
