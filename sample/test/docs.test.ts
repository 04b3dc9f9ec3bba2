import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../build/discover.ts';

/** A piece of code whose first line names the file that it is of. */
const QUOTED = /^```\w+ (\S+)\n([\s\S]+?)^```$/gm;

const quotations = globSync('sample/docs/*.md', { cwd: ROOT }).flatMap((document) =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(QUOTED)].map(([, file = '', code = '']) => ({
    document,
    file,
    code: code.trimEnd(),
  })),
);

test('documents quote code', () => expect(quotations.length).toBeGreaterThan(10));

test.each(quotations)('$document quotes $file as it is', ({ file, code }) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(code);
});
