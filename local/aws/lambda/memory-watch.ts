import { readFileSync } from 'node:fs';

const INTERVAL = 100;

/**
 * Watches how much memory a process takes while it runs, and tells when it is more than the limit, MiB. It reads
 * Linux's `/proc`; elsewhere nothing is known, and nothing is told.
 */
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

  /** The most that the process has taken until now, MiB. */
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
