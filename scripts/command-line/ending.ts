import { constants } from 'node:os';

/** How to end what a process has started. */
export interface Ending {
  /** In order, after a first signal. */
  stop: () => Promise<void>;
  /** At once, after a second one. */
  kill: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Milliseconds. A terminal signals the whole group, and npm passes the signal on: within this time it is one. */
const SAME_SIGNAL = 500;

/**
 * Has this process end what it started when it is signalled, by Ctrl-C or otherwise: in order at the first signal, at once at
 * the second. Its exit tells the shell which signal it was.
 */
export function endOnSignal({ stop, kill }: Ending): void {
  let firstAt: number | undefined;
  const onSignal = (signal: (typeof SIGNALS)[number]) => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      void stop().finally(() => endBy(signal));
    } else if (performance.now() - firstAt > SAME_SIGNAL) {
      kill();
      endBy(signal);
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function endBy(signal: (typeof SIGNALS)[number]): void {
  if (process.platform === 'win32') process.exit(128 + constants.signals[signal]);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
