import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Run {
  pid: number;
  port: number;
  stage: string;
}

/**
 * Locks the checkout for this process until it exits: two runs would write the same build and handle each other's events.
 * Throws an error that names the other run.
 *
 * Uses SQLite's file lock, which the operating system releases when the process dies, so that no stale lock remains.
 */
export function lockCheckout(folder: string, run: Run): void {
  mkdirSync(folder, { recursive: true });
  const runFile = join(folder, 'run.json');
  const lock = new DatabaseSync(join(folder, 'run.lock'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!/locked/.test(String(error))) throw error;
    throw new Error(
      `The system is already running in this checkout${describeRun(runFile)}. Stop it first, or run this one in another checkout ("git worktree add").`,
    );
  }
  heldLocks.add(lock);
  writeFileSync(runFile, JSON.stringify(run));
}

/** Keeps locks from being garbage-collected, which would release them. */
const heldLocks = new Set<DatabaseSync>();

function describeRun(file: string): string {
  if (!existsSync(file)) return '';
  const { pid, port, stage } = JSON.parse(readFileSync(file, 'utf8')) as Run;
  return `: process ${pid}, stage ${stage}, port ${port}`;
}
