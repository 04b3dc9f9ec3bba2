import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesIn, isCurrent, recordRun, runIfChanged, toolchain } from './build-step.ts';
import { DIST } from './bundle.ts';
import { outputOf, ROOT } from './discover.ts';

const NEWER = { version: 'v25.0.0', arch: process.arch, platform: process.platform };

/** Graph with a step that copies a file of `source/` to its output. */
let root: string;
let runs: number;
beforeEach(async () => {
  mkdirSync(DIST, { recursive: true });
  root = mkdtempSync(join(DIST, 'step-'));
  for (const name of ['a', 'b']) write(`source/${name}.ts`, name);
  write('imported.ts', 'imported');
  runs = 0;
  await run();
});
afterEach(() => {
  for (const folder of [root, outputOf(root)]) rmSync(folder, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const LONG_AGO = { since: Number.MAX_SAFE_INTEGER };
const output = () => join(root, 'output.js');

async function run(values: unknown = { stage: 'dev' }): Promise<void> {
  await runIfChanged({ name: 'copy', root, values, files: filesIn(join(root, 'source')) }, async () => {
    runs++;
    cpSync(join(root, 'source/a.ts'), output());
    return { outputs: [output()] };
  });
}

test('a step whose inputs and outputs did not change does not run again', async () => {
  await run();
  write('source/a.ts', 'a');
  write('source/a.test.ts', 'is no input');
  write('elsewhere.ts', '');
  await run();
  expect(runs).toBe(1);
});

const CHANGES: [string, () => unknown][] = [
  ['input was changed', () => appendFileSync(join(root, 'source/b.ts'), ' ')],
  ['input was changed without another size', () => write('source/b.ts', 'c')],
  ['inputs have one more', () => write('source/c.ts', '')],
  ['inputs have one less', () => rmSync(join(root, 'source/b.ts'))],
  ['output was changed', () => appendFileSync(output(), ' ')],
  ['output was removed', () => rmSync(output())],
  ['record was truncated', () => truncateSync(join(outputOf(root), '.steps/copy.json'), 9)],
];
test.each(CHANGES)('a step runs again if its %s', async (_, change) => {
  change();
  await run();
  await run();
  expect(runs).toBe(2);
});

test('a step runs again with other values, such as the stage or an environment variable', async () => {
  await run({ stage: 'prod' });
  await run({ stage: 'dev' });
  expect(runs).toBe(3);
});

test('a step that failed or changed its inputs while it ran runs again', async () => {
  const step = { name: 'failing', root, values: {}, files: filesIn(join(root, 'source')) };
  const failure = runIfChanged(step, () => Promise.reject(new Error('no')));
  await expect(failure).rejects.toThrow('no');
  for (const expected of [1, 2]) {
    await runIfChanged(step, async () => {
      write('source/a.ts', `changed ${runs++}`);
      return { outputs: [] };
    });
    expect(runs).toBe(expected + 1);
  }
});

describe('files that a step found while it ran', () => {
  const step = () => ({ name: 'found', root, values: {} });
  const files = () => ['imported.ts', 'missing.ts'].map((file) => join(root, file));

  test.each([
    ['changed', () => write('imported.ts', 'other')],
    ['removed', () => rmSync(join(root, 'imported.ts'))],
    ['added', () => write('missing.ts', '')],
  ])('the step runs again if one was %s', (_, change) => {
    recordRun(step(), { found: files(), outputs: [], ...LONG_AGO });
    expect(isCurrent(step())).toBe(true);
    change();
    expect(isCurrent(step())).toBe(false);
  });

  test('the step runs again if one was changed after the start', () => {
    recordRun(step(), { found: files(), outputs: [], since: Date.now() - 60_000 });
    expect(isCurrent(step())).toBe(false);
  });

  test('a step with another toolchain is not current', () => {
    recordRun(step(), { found: files(), outputs: [], ...LONG_AGO });
    expect(isCurrent(step(), toolchain())).toBe(true);
    expect(isCurrent(step(), toolchain(ROOT, NEWER))).toBe(false);
  });
});

describe('the toolchain', () => {
  const FILES = {
    'package.json': '{ "imports": {} }',
    'tsconfig.json': '{}',
    'node_modules/.package-lock.json': '{}',
    'build/bundle.ts': '',
  };
  beforeEach(() => {
    for (const [file, text] of Object.entries(FILES)) write(file, text);
  });

  test.each([
    ['package.json', '{ "imports": { "#a": "./a.ts" } }'],
    ['tsconfig.json', '{ "compilerOptions": {} }'],
    ['node_modules/.package-lock.json', '{ "packages": {} }'],
    ['build/bundle.ts', '// changed'],
    ['build/added.ts', ''],
  ])('is another with another %s', (file, text) => {
    const before = toolchain(root);
    write(file, text);
    expect(toolchain(root)).not.toEqual(before);
  });

  test.each([
    ['version', 'v25.0.0'],
    ['arch', 'arm64'],
    ['platform', 'win32'],
  ])('is another with another %s of Node', (name, value) => {
    const { version, arch, platform } = process;
    expect(toolchain(root, { version, arch, platform, [name]: value })).not.toEqual(toolchain(root));
  });

  test('is the same with another name or version of the project', () => {
    const before = toolchain(root);
    write('package.json', '{ "name": "other", "version": "2.0.0", "imports": {} }');
    expect(toolchain(root)).toEqual(before);
  });
});
