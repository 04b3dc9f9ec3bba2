import { execFileSync } from 'node:child_process';
import { ROOT } from './discover.ts';

/** What a change is compared with when nothing is named: the first of these that exists. */
const DEFAULT_BASES = ['origin/main', 'main', 'HEAD'];

/** The commit that a git ref names, short; undefined if there is none. */
export function commitOf(ref: string, root = ROOT): string | undefined {
  return git(root, 'rev-parse', '--verify', '--quiet', '--short', `${ref}^{commit}`)?.trim();
}

/** The ref to compare with when nobody has named one; undefined outside a git repository. */
export function defaultBase(root = ROOT): string | undefined {
  return DEFAULT_BASES.find((ref) => commitOf(ref, root));
}

/** A file as it was at a ref; undefined if it was not there. */
export function fileAt(ref: string, path: string, root = ROOT): string | undefined {
  return git(root, 'show', `${ref}:./${path}`);
}

/** What is changed or new and not committed, a line for each file as git tells it; undefined outside a git repository. */
export function uncommitted(root = ROOT): string[] | undefined {
  return git(root, 'status', '--porcelain')?.split('\n').filter(Boolean);
}

function git(root: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
