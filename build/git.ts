import { execFileSync } from 'node:child_process';
import { ROOT } from './discover.ts';

/** Default refs to compare with; the first that exists is used. */
const DEFAULT_BASES = ['origin/main', 'main', 'HEAD'];

/** Returns the short commit hash of a git ref; undefined if it does not exist. */
export function commitOf(ref: string, root = ROOT): string | undefined {
  return git(root, 'rev-parse', '--verify', '--quiet', '--short', `${ref}^{commit}`)?.trim();
}

/** Returns the default ref to compare with; undefined outside a git repository. */
export function defaultBase(root = ROOT): string | undefined {
  return DEFAULT_BASES.find((ref) => commitOf(ref, root));
}

/** Returns a file's content at a ref; undefined if it did not exist. */
export function fileAt(ref: string, path: string, root = ROOT): string | undefined {
  return git(root, 'show', `${ref}:./${path}`);
}

/** Returns the lines of `git status --porcelain`; undefined outside a git repository. */
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
