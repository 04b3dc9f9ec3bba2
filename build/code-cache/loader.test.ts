import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

let asset: string;
beforeEach(() => {
  asset = mkdtempSync(join(tmpdir(), 'asset-'));
  copyFileSync(join(import.meta.dirname, 'loader.cjs'), join(asset, 'index.cjs'));
  writeFileSync(join(asset, 'main.cjs'), "exports.handler = async () => require('./part-1.cjs').answer;");
  writeFileSync(join(asset, 'part-1.cjs'), "exports.answer = 'from a part';");
});
afterEach(() => rmSync(asset, { recursive: true }));

/** Runs a program in a new process in the asset folder; returns its output lines. */
async function run(program: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: asset });
  return stdout.split('\n').filter(Boolean);
}

const ANSWER = "require('./index.cjs').handler().then(console.log);";
const COMPILE = `const { handler, compiledCode } = require('./index.cjs');
  handler().then(() => { for (const [file, code] of compiledCode()) require('fs').writeFileSync(file, code); });`;

const caches = () => readdirSync(asset).filter((file) => file.endsWith('.cache'));
const metrics = (lines: string[]) => lines.filter((line) => line.includes('CodeCompiledAnew'));

test('an asset without a code cache runs and logs no metric', async () => {
  expect(await run(ANSWER)).toEqual(['from a part']);
});

test('the code cache is used for the entry and each chunk', async () => {
  await run(COMPILE);
  expect(caches()).toHaveLength(2);
  expect(await run(ANSWER)).toEqual(['from a part']);
});

test('a rejected code cache is recompiled, with a metric for each file', async () => {
  await run(COMPILE);
  for (const file of caches()) {
    const code = readFileSync(join(asset, file));
    writeFileSync(join(asset, file), code.fill(0, 0, 16));
  }
  const lines = await run(ANSWER);
  expect(lines).toContain('from a part');
  expect(metrics(lines).map((line) => JSON.parse(line).file)).toEqual(['main.cjs', 'part-1.cjs']);
});

test('a part finds the parts that were joined with the entry, which has no file of its own for them', async () => {
  writeFileSync(
    join(asset, 'main.cjs'),
    "exports.parts = { 'part-2.cjs': { word: 'joined' } }; exports.handler = async () => require('./part-1.cjs').answer;",
  );
  writeFileSync(join(asset, 'part-1.cjs'), "exports.answer = require('./part-2.cjs').word;");
  expect(await run(ANSWER)).toEqual(['joined']);
});

test('the code cache of another V8 is ignored, with a metric', async () => {
  await run(COMPILE);
  for (const file of caches())
    renameSync(join(asset, file), join(asset, file.replace(/\.cjs\..*/, '.cjs.1.2-arm.cache')));
  const lines = await run(ANSWER);
  expect(lines).toContain('from a part');
  expect(metrics(lines)).toHaveLength(2);
});

test('a chunk that failed to load is loaded again', async () => {
  writeFileSync(
    join(asset, 'part-1.cjs'),
    'if (!globalThis.isThere) throw new Error("not yet"); exports.answer = "at last";',
  );
  const lines = await run(`const { handler } = require('./index.cjs');
    handler().catch((error) => { console.log(error.message); globalThis.isThere = true; return handler(); }).then((answer) => answer && console.log(answer));`);
  expect(lines).toEqual(['not yet', 'at last']);
});
