import { constants } from 'node:os';

export interface Shutdown {
  /** Graceful stop, on the first signal. */
  stop: () => Promise<void>;
  /** Immediate stop, on the second signal. */
  kill: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Milliseconds. The terminal signals the process group and npm forwards the signal: both arrive within this time. */
const DUPLICATE_SIGNAL = 500;

/**
 * Shuts down on SIGINT, SIGTERM or SIGHUP: gracefully on the first signal, immediately on the second. The process then exits
 * by that signal, so that the shell sees it.
 */
export function shutDownOnSignal({ stop, kill }: Shutdown): void {
  let firstAt: number | undefined;
  const onSignal = (signal: (typeof SIGNALS)[number]) => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      void stop().finally(() => exitBy(signal));
    } else if (performance.now() - firstAt > DUPLICATE_SIGNAL) {
      kill();
      exitBy(signal);
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function exitBy(signal: (typeof SIGNALS)[number]): void {
  if (process.platform === 'win32') process.exit(128 + constants.signals[signal]);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
