import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { eventually } from '../test/eventually.ts';

/** Prints reported changes. Runs in its own process: chokidar does not recognize file system errors from Jest's realm. */
const PROGRAM = `
  import { watchFiles } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'file-changes.ts')))};
  await watchFiles({
    root: process.argv[1],
    folders: ['services', 'not-there-yet'],
    includes: (file) => /\\.(ts|graphql)$/.test(file),
    onChange: (paths) => console.log(JSON.stringify(paths)),
  });
  console.log('ready');`;

let root: string;
const reports: string[][] = [];
let watcher: ChildProcess;
const path = (file: string) => join(root, file);
const write = (file: string, text: string) => writeFileSync(path(file), text);
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: root });

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'watched-'));
  mkdirSync(path('services/products/resolvers'), { recursive: true });
  mkdirSync(path('elsewhere'));
  write('services/products/schema.graphql', 'one');
  write('services/products/resolvers/query.ts', 'one');
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'one');
  watcher = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: watcher.stdout as Readable });
  const [ready] = await once(lines, 'line');
  expect(ready).toBe('ready');
  lines.on('line', (line) => reports.push(JSON.parse(line)));
});
beforeEach(() => reports.splice(0));
afterAll(async () => {
  const ended = once(watcher, 'exit');
  watcher.kill();
  await ended;
  rmSync(root, { recursive: true });
});

const FILE = 'services/products/schema.graphql';
let count = 0;
const another = () => `text ${++count}`;

/** Ways of saving; each changes the text of the file. */
const SAVES: Record<string, () => void> = {
  'in place': () => write(FILE, another()),
  'in two steps': () => {
    write(FILE, '');
    write(FILE, another());
  },
  'by renaming a file over it, as mv and sed -i do': () => {
    write('services/products/.new', another());
    renameSync(path('services/products/.new'), path(FILE));
  },
  'by moving a file from another folder': () => {
    write('elsewhere/new', another());
    renameSync(path('elsewhere/new'), path(FILE));
  },
  'as Vim does: rename the old file to a backup, write a new one': () => {
    renameSync(path(FILE), path(`${FILE}~`));
    write(FILE, another());
    rmSync(path(`${FILE}~`));
  },
  'as JetBrains does: a temporary file, a backup, two renames': () => {
    write(`${FILE}___jb_tmp___`, another());
    renameSync(path(FILE), path(`${FILE}___jb_old___`));
    renameSync(path(`${FILE}___jb_tmp___`), path(FILE));
    rmSync(path(`${FILE}___jb_old___`));
  },
  'by deleting and recreating it': () => {
    rmSync(path(FILE));
    write(FILE, another());
  },
};

test.each(Object.entries(SAVES))('reports a file saved %s, each time', async (_, save) => {
  for (const times of [1, 2]) {
    save();
    await eventually(async () => expect(reports.length).toBeGreaterThanOrEqual(times));
    expect(reports.at(-1)).toEqual([FILE]);
  }
});

test('reports different ways of saving in any order', async () => {
  for (const save of [...Object.values(SAVES), ...Object.values(SAVES).reverse()]) {
    const before = reports.length;
    save();
    await eventually(async () => expect(reports.length).toBeGreaterThan(before));
  }
});

test('reports a file that is created and deleted repeatedly', async () => {
  const file = 'services/products/resolvers/product.ts';
  const create = () => write(file, another());
  const remove = () => rmSync(path(file));
  for (const change of [create, remove, create, remove]) {
    reports.splice(0);
    change();
    await eventually(async () => expect(reports).toEqual([[file]]));
  }
});

test('groups a burst of saves into few reports', async () => {
  const files = Array.from({ length: 100 }, (_, i) => `services/many/file-${i}.ts`);
  mkdirSync(path('services/many'));
  for (let times = 0; times < 2; times++) {
    reports.splice(0);
    for (const file of files) write(file, another());
    await eventually(async () => expect(new Set(reports.flat())).toEqual(new Set(files)));
    expect(reports.length).toBeLessThan(4);
  }
});

test('reports the files of a folder moved out and back in, and keeps watching them', async () => {
  const files = new Set(['services/products/resolvers/query.ts', FILE]);
  for (let times = 0; times < 2; times++) {
    reports.splice(0);
    renameSync(path('services/products'), path('elsewhere/products'));
    await eventually(async () => expect(new Set(reports.flat())).toEqual(files));
    reports.splice(0);
    renameSync(path('elsewhere/products'), path('services/products'));
    await eventually(async () => expect(new Set(reports.flat())).toEqual(files));
    reports.splice(0);
    write(FILE, another());
    await eventually(async () => expect(reports).toEqual([[FILE]]));
  }
});

test('reports the differing files when git switches branches', async () => {
  git('add', '.');
  git('commit', '--quiet', '--message', 'edited');
  git('checkout', '--quiet', '-b', 'other');
  write(FILE, 'two');
  mkdirSync(path('services/orders'));
  write('services/orders/schema.graphql', 'two');
  git('add', '.');
  git('commit', '--quiet', '--message', 'two');
  const differing = new Set([FILE, 'services/orders/schema.graphql']);
  await eventually(async () => expect(new Set(reports.flat())).toEqual(differing));
  const main =
    git('branch', '--format=%(refname:short)')
      .toString()
      .split('\n')
      .find((name) => name !== 'other') ?? '';
  for (const branch of [main, 'other', main, 'other']) {
    reports.splice(0);
    git('checkout', '--quiet', branch);
    await eventually(async () => expect(new Set(reports.flat())).toEqual(differing));
    expect(reports.length).toBeLessThan(4);
  }
  expect(readFileSync(path(FILE), 'utf8')).toBe('two');
});

test('watches a folder created later', async () => {
  mkdirSync(path('not-there-yet/inside'), { recursive: true });
  write('not-there-yet/inside/handler.ts', 'new');
  await eventually(async () => expect(reports.flat()).toEqual(['not-there-yet/inside/handler.ts']));
});

test('ignores files that do not match', async () => {
  write('services/products/README.md', 'new');
  write(FILE, another());
  await eventually(async () => expect(reports).toEqual([[FILE]]));
});
