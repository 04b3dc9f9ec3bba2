import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../build/bundle.ts';

/** Folder in which the test run records each function's IAM actions. */
export const IAM_USE = join(DIST, 'iam-use');

/** Returns the IAM actions of the last test run by function, each as `action resource`. */
export function iamUse(folder = IAM_USE): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  if (!existsSync(folder)) return used;
  for (const file of readdirSync(folder)) {
    const run = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string[]>;
    for (const [name, accesses] of Object.entries(run)) {
      const known = used.get(name) ?? new Set();
      used.set(name, known);
      for (const access of accesses) known.add(access);
    }
  }
  return used;
}
