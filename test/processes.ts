import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Returns the ids of all processes below a process. */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(Number(name))] as const);
  const below = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Whether a process exists. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Returns the program of a process and its arguments; empty after its exit. */
export function commandOf(pid: number): string[] {
  return readProc(pid, 'cmdline').split('\0');
}

/** Returns the working directory of a process; empty after its exit. */
export function workingDirectoryOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/** Returns the resident memory of a process, 10^6 bytes; 0 after its exit. */
export function rssMb(pid: number): number {
  const [, kibibytes = 0] = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status')) ?? [];
  return (Number(kibibytes) * 1_024) / 1e6;
}

function parentOf(pid: number): number | undefined {
  const [, parent] = /\) \S+ (\d+)/.exec(readProc(pid, 'stat')) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
