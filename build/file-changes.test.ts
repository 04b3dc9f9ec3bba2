import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { eventually } from '../test/eventually.ts';

/** Prints what it sees. A process of its own: in Jest's realm, errors of the file system are not what the library takes them for. */
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
  mkdirSync(path('services/books/resolvers'), { recursive: true });
  mkdirSync(path('elsewhere'));
  write('services/books/schema.graphql', 'one');
  write('services/books/resolvers/query.ts', 'one');
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

const FILE = 'services/books/schema.graphql';
let count = 0;
const another = () => `text ${++count}`;

/** Kinds of saving, each leaving the file with another text. */
const SAVES: Record<string, () => void> = {
  'in place': () => write(FILE, another()),
  'in two steps': () => {
    write(FILE, '');
    write(FILE, another());
  },
  'by rename over it, as mv and sed -i do': () => {
    write('services/books/.new', another());
    renameSync(path('services/books/.new'), path(FILE));
  },
  'by rename from another folder': () => {
    write('elsewhere/new', another());
    renameSync(path('elsewhere/new'), path(FILE));
  },
  'as Vim does: the old file renamed to a backup, a new one written': () => {
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
  'deleted and written anew': () => {
    rmSync(path(FILE));
    write(FILE, another());
  },
};

test.each(Object.entries(SAVES))('a file saved %s is reported each time', async (_, save) => {
  for (const times of [1, 2]) {
    save();
    await eventually(async () => expect(reports.length).toBeGreaterThanOrEqual(times));
    expect(reports.at(-1)).toEqual([FILE]);
  }
});

test('one kind of save after another is reported, in any order', async () => {
  for (const save of [...Object.values(SAVES), ...Object.values(SAVES).reverse()]) {
    const before = reports.length;
    save();
    await eventually(async () => expect(reports.length).toBeGreaterThan(before));
  }
});

test('a file that comes, goes and comes again is reported each time', async () => {
  const file = 'services/books/resolvers/book.ts';
  const comes = () => write(file, another());
  const goes = () => rmSync(path(file));
  for (const change of [comes, goes, comes, goes]) {
    reports.splice(0);
    change();
    await eventually(async () => expect(reports).toEqual([[file]]));
  }
});

test('a burst of saves is one report or few', async () => {
  const files = Array.from({ length: 100 }, (_, i) => `services/many/file-${i}.ts`);
  mkdirSync(path('services/many'));
  for (let times = 0; times < 2; times++) {
    reports.splice(0);
    for (const file of files) write(file, another());
    await eventually(async () => expect(new Set(reports.flat())).toEqual(new Set(files)));
    expect(reports.length).toBeLessThan(4);
  }
});

test('a folder moved out and in again is reported with its files, and they are watched after', async () => {
  const files = new Set(['services/books/resolvers/query.ts', FILE]);
  for (let times = 0; times < 2; times++) {
    reports.splice(0);
    renameSync(path('services/books'), path('elsewhere/books'));
    await eventually(async () => expect(new Set(reports.flat())).toEqual(files));
    reports.splice(0);
    renameSync(path('elsewhere/books'), path('services/books'));
    await eventually(async () => expect(new Set(reports.flat())).toEqual(files));
    reports.splice(0);
    write(FILE, another());
    await eventually(async () => expect(reports).toEqual([[FILE]]));
  }
});

test('a branch that is switched is reported with what differs, each time', async () => {
  git('add', '.');
  git('commit', '--quiet', '--message', 'edited');
  git('checkout', '--quiet', '-b', 'other');
  write(FILE, 'two');
  mkdirSync(path('services/loans'));
  write('services/loans/schema.graphql', 'two');
  git('add', '.');
  git('commit', '--quiet', '--message', 'two');
  const differing = new Set([FILE, 'services/loans/schema.graphql']);
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

test('a watched folder may come later', async () => {
  mkdirSync(path('not-there-yet/inside'), { recursive: true });
  write('not-there-yet/inside/handler.ts', 'new');
  await eventually(async () => expect(reports.flat()).toEqual(['not-there-yet/inside/handler.ts']));
});

test('what is of no interest is not reported', async () => {
  write('services/books/README.md', 'new');
  write(FILE, another());
  await eventually(async () => expect(reports).toEqual([[FILE]]));
});
