import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { usageOf } from '../usage.ts';

/** Folder in which the local run keeps the code of functions. */
const CODE = '/code/';
const PAUSE_MS = 250;

/** Returns the CPU time of all function processes of a local run so far, milliseconds by process, once they are idle. */
export async function functionCpu(data: string): Promise<Map<number, number>> {
  for (let before = read(data); ; ) {
    await pause(PAUSE_MS);
    const after = read(data);
    if (total(after) - total(before) < 1) return after;
    before = after;
  }
}

/** Returns the CPU time between two measurements, milliseconds; processes that began in between count in full. */
export function cpuBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  return [...after].reduce((sum, [pid, cpuMs]) => sum + cpuMs - (before.get(pid) ?? 0), 0);
}

function read(data: string): Map<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && folderOf(name).startsWith(`${data}${CODE}`));
  return new Map(pids.map((pid) => [Number(pid), cpuOf(Number(pid))]));
}

function cpuOf(pid: number): number {
  try {
    return usageOf(pid).cpuMs;
  } catch {
    // It has ended.
    return 0;
  }
}

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

const total = (usage: ReadonlyMap<number, number>) => [...usage.values()].reduce((sum, each) => sum + each, 0);
