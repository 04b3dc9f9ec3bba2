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

/** Runs a program in a new process in the asset; gives the lines that it prints. */
async function run(program: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: asset });
  return stdout.split('\n').filter(Boolean);
}

const ANSWER = "require('./index.cjs').handler().then(console.log);";
const COMPILE = `const { handler, compiledCode } = require('./index.cjs');
  handler().then(() => { for (const [file, code] of compiledCode()) require('fs').writeFileSync(file, code); });`;

const caches = () => readdirSync(asset).filter((file) => file.endsWith('.cache'));
const metrics = (lines: string[]) => lines.filter((line) => line.includes('CodeCompiledAnew'));

test('an asset without compiled code runs, and no metric is told', async () => {
  expect(await run(ANSWER)).toEqual(['from a part']);
});

test('compiled code is taken, for the entry and for each part', async () => {
  await run(COMPILE);
  expect(caches()).toHaveLength(2);
  expect(await run(ANSWER)).toEqual(['from a part']);
});

test('code that V8 refuses is compiled anew, and a metric says so of each file', async () => {
  await run(COMPILE);
  for (const file of caches()) {
    const code = readFileSync(join(asset, file));
    writeFileSync(join(asset, file), code.fill(0, 0, 16));
  }
  const lines = await run(ANSWER);
  expect(lines).toContain('from a part');
  expect(metrics(lines).map((line) => JSON.parse(line).file)).toEqual(['main.cjs', 'part-1.cjs']);
});

test('code of another V8 is not taken, and a metric says so', async () => {
  await run(COMPILE);
  for (const file of caches())
    renameSync(join(asset, file), join(asset, file.replace(/\.cjs\..*/, '.cjs.1.2-arm.cache')));
  const lines = await run(ANSWER);
  expect(lines).toContain('from a part');
  expect(metrics(lines)).toHaveLength(2);
});

test('a part that failed to load is loaded again', async () => {
  writeFileSync(
    join(asset, 'part-1.cjs'),
    'if (!globalThis.isThere) throw new Error("not yet"); exports.answer = "at last";',
  );
  const lines = await run(`const { handler } = require('./index.cjs');
    handler().catch((error) => { console.log(error.message); globalThis.isThere = true; return handler(); }).then((answer) => answer && console.log(answer));`);
  expect(lines).toEqual(['not yet', 'at last']);
});
