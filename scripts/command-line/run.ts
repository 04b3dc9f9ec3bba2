import { spawnSync } from 'node:child_process';
import { envWithPrefix } from '#platform/env.ts';
import { ROOT } from '../../build/discover.ts';

/**
 * Runs a program with the user's terminal and environment, with some variables set, or unset if undefined; returns its exit code.
 * Throws if there is no such program.
 */
export function run(program: string, args: string[], variables: Record<string, string | undefined> = {}): number {
  const env = { ...envWithPrefix(''), ...variables };
  const isWindows = process.platform === 'win32';
  const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', env, shell: isWindows });
  if (error) throw error;
  return status ?? 1;
}
