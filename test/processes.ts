import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Ids of the processes that a process has started, and they in turn. */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(Number(name))] as const);
  const below = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Whether a process is there. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The program of a process and its arguments; nothing if it has ended. */
export function commandOf(pid: number): string[] {
  return contentOf(pid, 'cmdline').split('\0');
}

/** The folder that a process works in; nothing if it has ended. */
export function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/** Memory of a process, 10^6 bytes; nothing if it has ended. */
export function rssMb(pid: number): number {
  const [, kibibytes = 0] = /^VmRSS:\s+(\d+) kB$/m.exec(contentOf(pid, 'status')) ?? [];
  return (Number(kibibytes) * 1_024) / 1e6;
}

function parentOf(pid: number): number | undefined {
  const [, parent] = /\) \S+ (\d+)/.exec(contentOf(pid, 'stat')) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function contentOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
