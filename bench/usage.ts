import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Resource usage of a process. */
export interface Usage {
  /** CPU time of all its threads since its start, milliseconds. */
  cpuMs: number;
  /** Resident memory, 10^6 bytes. */
  rssMb: number;
}

/** Throws without a Linux /proc file system. */
export function requireProcFs(): void {
  if (existsSync('/proc/self/task')) return;
  throw new Error('The benchmarks read CPU time and memory of processes from /proc: run them on Linux.');
}

/** Returns a process's usage so far, https://docs.kernel.org/scheduler/sched-stats.html: exact where /proc/PID/stat counts in 10 ms. */
export function usageOf(pid: number): Usage {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((task) => runTime(`/proc/${pid}/task/${task}/schedstat`));
  return { cpuMs: nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6, rssMb: memoryMb(pid, 'VmRSS') };
}

/** Returns the highest resident memory of a process since its start, 10^6 bytes. */
export function peakMb(pid: number): number {
  return memoryMb(pid, 'VmHWM');
}

/** https://docs.kernel.org/filesystems/proc.html */
function memoryMb(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kibibytes = '0'] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return (Number(kibibytes) * 1_024) / 1e6;
}

function runTime(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]);
  } catch {
    // The thread ended after the folder was read.
    return 0;
  }
}
