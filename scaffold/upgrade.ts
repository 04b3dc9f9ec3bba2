import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';
import { SAMPLE } from '../build/sample.ts';
import { mergeJson } from './merge-json.ts';

/** Result of merging the system. */
export interface Upgrade {
  /** Short hash of the merged commit. */
  commit: string;
  /** Files with merge conflicts; if there are none, the merge is committed. */
  conflicts: string[];
}

/** Files that the adopter owns from adoption on: their version wins in a conflict. */
const ADOPTERS = ['README.md', 'CHANGELOG.md'];
const JSON_FILES = ['package.json', 'cdk.json'];
const LOCK = 'package-lock.json';

/**
 * Merges a commit of the system into an adopted tree. Changes of sample files are reverted on the incoming side first, so that
 * no sample file returns or conflicts with a service of the same name. Throws if there is no common history.
 */
export function mergeSystem(ref: string, root = ROOT): Upgrade {
  const git = gitIn(root);
  const commit = git('rev-parse', '--short', `${ref}^{commit}`);
  const base = commonCommit(commit, root);
  if (git('rev-parse', '--short', base) === commit) return { commit, conflicts: [] };
  const incoming = revertSample(commit, base, root);
  // git merge also fails on conflicts; then MERGE_HEAD exists.
  const { stderr } = spawnSync('git', ['merge', '--no-ff', '--no-commit', incoming], { cwd: root, encoding: 'utf8' });
  const isMerging = spawnSync('git', ['rev-parse', '--quiet', '--verify', 'MERGE_HEAD'], { cwd: root }).status === 0;
  if (!isMerging) throw new Error(`git merge: ${stderr}`);
  for (const file of JSON_FILES) mergeJsonFile(file, { base, incoming }, root);
  const unmerged = () => lines(git('diff', '--name-only', '--diff-filter=U'));
  for (const file of unmerged().filter((each) => ADOPTERS.includes(each))) {
    git('checkout', '--ours', '--', file);
    git('add', file);
  }
  // npm merges its own lock: https://docs.npmjs.com/cli/configuring-npm/package-locks#resolving-lockfile-conflicts
  if (unmerged().includes(LOCK) && npmInstall(root)) git('add', LOCK);
  const conflicts = unmerged();
  if (conflicts.length === 0) git('commit', '--quiet', '--no-verify', '-m', `Take over ${commit} of the system`);
  return { commit, conflicts };
}

/** Returns the merge base of the adopted tree and the system. */
function commonCommit(commit: string, root: string): string {
  const { status, stdout } = spawnSync('git', ['merge-base', 'HEAD', commit], { cwd: root, encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  throw new Error(
    `This tree and ${commit} have no history in common. Adopt a clone of the system, not a copy of its files.`,
  );
}

/** Creates a child of a system commit, in which the sample is as in the merge base; returns its hash. */
function revertSample(commit: string, base: string, root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
  const worktree = join(folder, 'system');
  gitIn(root)('worktree', 'add', '--quiet', '--detach', worktree, commit);
  try {
    const git = gitIn(worktree);
    for (const path of new Set([...samplePaths(base, root), ...samplePaths(commit, root)])) {
      git('rm', '-r', '--quiet', '--ignore-unmatch', '--', path);
      if (isInCommit(base, path, root)) git('checkout', base, '--', path);
    }
    git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', `${commit} without sample changes`);
    return git('rev-parse', 'HEAD');
  } finally {
    gitIn(root)('worktree', 'remove', '--force', worktree);
    rmSync(folder, { recursive: true });
  }
}

function isInCommit(commit: string, path: string, root: string): boolean {
  return spawnSync('git', ['cat-file', '-e', `${commit}:${path}`], { cwd: root }).status === 0;
}

/** Returns the sample's folder and the services marked `sample: true`, at a commit. */
function samplePaths(commit: string, root: string): string[] {
  const pattern = [
    'grep',
    '--name-only',
    '--extended-regexp',
    '^ *sample: true',
    commit,
    '--',
    'subgraphs/*/subgraph.config.ts',
  ];
  const { stdout } = spawnSync('git', pattern, { cwd: root, encoding: 'utf8' });
  const services = lines(stdout).map((line) => line.slice(line.indexOf(':') + 1).replace('/subgraph.config.ts', ''));
  return [SAMPLE, ...services];
}

function mergeJsonFile(file: string, { base, incoming }: { base: string; incoming: string }, root: string): void {
  const git = gitIn(root);
  const at = (commit: string) => JSON.parse(git('show', `${commit}:${file}`)) as Record<string, unknown>;
  writeFileSync(join(root, file), `${JSON.stringify(mergeJson(at(base), at('HEAD'), at(incoming)), null, 2)}\n`);
  git('add', file);
}

function npmInstall(root: string): boolean {
  const options = { cwd: root, shell: process.platform === 'win32' };
  const { status } = spawnSync('npm', ['install', '--package-lock-only'], options);
  return status === 0 && !readFileSync(join(root, LOCK), 'utf8').includes('<<<<<<<');
}

/** Returns a function that runs git in a folder; it throws git's error output. */
function gitIn(folder: string) {
  return (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr || 'failed'}`);
    return stdout.trim();
  };
}

const lines = (text: string) => text.split('\n').filter(Boolean);
