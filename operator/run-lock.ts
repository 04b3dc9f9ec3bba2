import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The run that uses a checkout. */
export interface Run {
  pid: number;
  port: number;
  stage: string;
}

/**
 * Makes this process the only one that runs the system in a checkout, until it ends however it does: two would write the same
 * build, and each would handle every event of the other. Throws an error that names the run that is there.
 *
 * The lock is SQLite's on a file, so that the machine gives it back when its process has died: no stale one is ever left.
 */
export function lockCheckout(folder: string, run: Run): void {
  mkdirSync(folder, { recursive: true });
  const about = join(folder, 'run.json');
  const lock = new DatabaseSync(join(folder, 'run.lock'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!/locked/.test(String(error))) throw error;
    throw new Error(
      `The system runs in this checkout already${described(about)}. Stop that first, or start this one in another checkout, such as one of "git worktree add".`,
    );
  }
  held.add(lock);
  writeFileSync(about, JSON.stringify(run));
}

/** A lock that is not referred to any more would be given back. */
const held = new Set<DatabaseSync>();

function described(file: string): string {
  if (!existsSync(file)) return '';
  const { pid, port, stage } = JSON.parse(readFileSync(file, 'utf8')) as Run;
  return `: process ${pid}, stage ${stage}, port ${port}`;
}
