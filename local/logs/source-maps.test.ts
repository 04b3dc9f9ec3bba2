import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assetOf, type Bundle, bundle } from '../../build/bundle.ts';
import { outputOf } from '../../build/discover.ts';
import { SourceMaps } from './source-maps.ts';

const root = mkdtempSync(join(realpathSync(tmpdir()), 'mapped-'));
const output = outputOf(root);
beforeAll(async () => {
  mkdirSync(join(root, 'rules'));
  writeFileSync(
    join(root, 'rules/refuse.ts'),
    `/** Long enough a comment. */
export interface Reason { text: string }

export function refuse({ text }: Reason): never {
  throw new Error(text);
}
`,
  );
  writeFileSync(
    join(root, 'handler.ts'),
    "import { refuse } from './rules/refuse.ts';\n\nexport const handler = async () => refuse({ text: 'no' });\n",
  );
  await bundle([bundleOf('whole'), { ...bundleOf('parts'), splitting: true }]);
});
afterAll(() => {
  rmSync(root, { recursive: true });
  rmSync(output, { recursive: true });
});

const bundleOf = (name: string): Bundle => ({ name, entry: join(root, 'handler.ts'), root });

/** Returns the stack of the error that a bundle's handler throws. */
async function stackOf(name: string): Promise<string> {
  const program = "require('./index.cjs').handler().catch(({ stack }) => console.log(stack))";
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: assetOf(bundleOf(name)) });
  return stdout;
}

test.each(['whole', 'parts'])('a thrown error shows the source file and line, bundled %s', async (name) => {
  const stack = await stackOf(name);
  expect(stack).toContain('main.cjs:1:');
  const mapped = new SourceMaps({ output, root }).applyTo(stack);
  expect(mapped).toMatch(/^Error: no\n {4}at \S+ \(rules\/refuse\.ts:5:9\)\n {4}at .+ \(handler\.ts:3:3\d\)/);
});

test('lines without a built position, or with one that has no source map, stay unchanged', () => {
  const maps = new SourceMaps({ output, root });
  for (const text of ['answered', 'at x (/var/task/other/main.cjs:1:2)', 'at y (/var/task/whole/main.cjs:999:1)'])
    expect(maps.applyTo(text)).toBe(text);
});
