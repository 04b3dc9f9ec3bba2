import type { Logger } from '@aws-lambda-powertools/logger';
import type { LogItemExtraInput, LogItemMessage } from '@aws-lambda-powertools/logger/types';
import { loadOnce } from '../load-once.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Logger of the function, once a line has loaded it. */
let logger: Logger | undefined;

const loadLogger = loadOnce(async () => {
  const powertools = await import('./logger.ts');
  logger = new powertools.Logger();
  return logger;
});

/** The function's structured log: identifiers, never whole events. */
export const log: Log = lazyLog((functionLogger) => functionLogger);

/** Returns a log that adds the request's id to every line. */
export function requestLog(requestId: string): Log {
  let own: Logger | undefined;
  return lazyLog((functionLogger) => {
    own ??= functionLogger.createChild({ persistentLogAttributes: { requestId } });
    return own;
  });
}

/** A log that loads its logger with the first line: most requests write none. */
function lazyLog(loggerOf: (functionLogger: Logger) => Logger): Log {
  const write = (level: keyof Log, message: LogItemMessage, more: LogItemExtraInput) => {
    if (logger) loggerOf(logger)[level](message, ...more);
    else void loadLogger().then((loaded) => loggerOf(loaded)[level](message, ...more));
  };
  return {
    debug: (message, ...more) => write('debug', message, more),
    info: (message, ...more) => write('info', message, more),
    warn: (message, ...more) => write('warn', message, more),
    error: (message, ...more) => write('error', message, more),
  };
}
