import { readFileSync } from 'node:fs';

const INTERVAL = 100;

/** Watches the memory of a process and calls `onExceeded` above the limit in MiB. Reads `/proc`; has no effect outside Linux. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #limit: number;
  readonly #onExceeded: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(pid: number, limit: number, onExceeded: () => void) {
    this.#pid = pid;
    this.#limit = limit;
    this.#onExceeded = onExceeded;
  }

  start(): void {
    this.stop();
    this.#timer = setInterval(() => (this.peak() ?? 0) > this.#limit && this.#onExceeded(), INTERVAL);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Returns the peak memory of the process in MiB; undefined if unknown. */
  peak(): number | undefined {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(statusOf(this.#pid)) ?? [];
    return kibibytes ? Math.round(Number(kibibytes) / 1_024) : undefined;
  }
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
