import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { outputOf, ROOT } from './discover.ts';

/** A step of the build. It is skipped while its inputs and outputs are those of its last run. */
export interface BuildStep {
  /** Unique name within the build of a graph. */
  name: string;
  /** Root of its graph. */
  root: string;
  /** Inputs other than files, such as settings; JSON. */
  values: unknown;
  /** Paths of the input files that are known before the step runs. */
  files?: string[];
}

/** Hashes by path, relative to the project. */
type Hashes = Record<string, string>;

interface StepRun {
  /** Paths of further files that were read. A path without a file is an input too: if a file appears there, the step runs. */
  found?: Iterable<string>;
  /** Hashes of the step's files before they were read. */
  files?: Hashes;
  /** Paths of the files that were written. */
  outputs: Iterable<string>;
  /** Time before the first input was read, milliseconds. */
  since: number;
}

interface StepRecord {
  values: string;
  files: Hashes;
  found: Hashes;
  outputs: Hashes;
}

/** Whether the inputs and outputs of a step are those of its last run. */
export function isCurrent(step: BuildStep, tools = ownToolchain()): boolean {
  const last = lastRun(step);
  if (last?.values !== digestOf(step, tools)) return false;
  const hasSameFiles = isDeepStrictEqual(Object.keys(last.files), (step.files ?? []).map(projectPath));
  return hasSameFiles && [last.files, last.found, last.outputs].every(isUnchanged);
}

/** Runs a step that is not current. `run` returns the paths of the files that it wrote, and of further files that it read. */
export async function runIfChanged(
  step: BuildStep,
  run: () => Promise<{ outputs: string[]; found?: string[] }>,
): Promise<void> {
  if (isCurrent(step)) return;
  const since = Date.now();
  const files = hashesOf(step.files ?? []);
  forgetRun(step);
  recordRun(step, { ...(await run()), files, since });
}

/** Deletes a step's record. To be called before its outputs change: a step that is interrupted runs again. */
export function forgetRun(step: BuildStep): void {
  rmSync(recordFile(step), { force: true });
}

/** Records a step's run, unless a found file may have changed since it was read. */
export function recordRun(step: BuildStep, { found = [], files = {}, outputs, since }: StepRun): void {
  const read = [...found];
  if (read.some((path) => modifiedAt(path) > since - CLOCK_MS)) return;
  const file = recordFile(step);
  const run: StepRecord = {
    values: digestOf(step, ownToolchain()),
    files,
    found: hashesOf(read),
    outputs: hashesOf(outputs),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(run));
}

/** Returns the files that a step found in its last run, relative to the project. */
export function foundBy(step: BuildStep): string[] {
  return Object.keys(lastRun(step)?.found ?? {});
}

/** Returns what each step depends on besides its own inputs: Node, installed packages, compiler options, code of the build. */
export function toolchain(root = ROOT, { version, arch, platform }: Toolchain = process): object {
  const { imports, type, sideEffects } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = ['tsconfig.json', 'node_modules/.package-lock.json'].map((file) => join(root, file));
  const code = [...files, ...filesIn(join(root, 'build'))].map((file) => [relative(root, file), hashOf(file)]);
  return { version, arch, platform, manifest: { imports, type, sideEffects }, code };
}

let own: object | undefined;

/** Returns the toolchain of this process, even if its files have changed since: it still runs the code that it loaded. */
const ownToolchain = () => (own ??= toolchain());

type Toolchain = Pick<NodeJS.Process, 'version' | 'arch' | 'platform'>;

/** Returns the files of folders and their subfolders, sorted, without tests; none for a folder that does not exist. */
export function filesIn(...folders: string[]): string[] {
  const entries = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }));
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

function recordFile({ name, root }: BuildStep): string {
  return join(outputOf(root), '.steps', `${name}.json`);
}

function lastRun(step: BuildStep): StepRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(step), 'utf8'));
  } catch {
    // There is none, or only a part of it was written.
    return undefined;
  }
}

/** Returns a path relative to the project. A package has the same path if `node_modules` is a link to another folder. */
function projectPath(path: string): string {
  const forward = path.split(sep).join('/');
  const packages = forward.indexOf('node_modules/');
  if (packages >= 0) return forward.slice(packages);
  return relative(ROOT, resolve(ROOT, path)).split(sep).join('/');
}

function isUnchanged(hashes: Hashes): boolean {
  return Object.entries(hashes).every(([path, expected]) => hashOf(join(ROOT, path)) === expected);
}

function hashesOf(paths: Iterable<string>): Hashes {
  return Object.fromEntries([...paths].map((path) => [projectPath(path), hashOf(join(ROOT, projectPath(path)))]));
}

const digestOf = ({ values }: BuildStep, tools: object) => hash('sha256', JSON.stringify([tools, values]));

/** Granularity of the times of files on Linux. */
const CLOCK_MS = 10;

function modifiedAt(path: string): number {
  return statSync(join(ROOT, projectPath(path)), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Hashes of this process, by path; packages are inputs of many steps. */
const known = new Map<string, { state: string; digest: string }>();

function hashOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) return 'none';
  const state = `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
  const last = known.get(path);
  if (last?.state === state) return last.digest;
  const digest = hash('sha256', readFileSync(path));
  known.set(path, { state, digest });
  return digest;
}
