import { Logger } from '@aws-lambda-powertools/logger';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

let logger: Logger | undefined;

function functionLogger(): Logger {
  logger ??= new Logger();
  return logger;
}

/** The function's structured log: identifiers, never whole events. */
export const log: Log = lazyLog(functionLogger);

/** Returns a log that adds the request's id to every line. */
export function requestLog(requestId: string): Log {
  let own: Logger | undefined;
  return lazyLog(() => {
    own ??= functionLogger().createChild({ persistentLogAttributes: { requestId } });
    return own;
  });
}

/** Log that creates its logger with the first line: most requests write none. */
function lazyLog(loggerOf: () => Logger): Log {
  return {
    debug: (message, ...more) => loggerOf().debug(message, ...more),
    info: (message, ...more) => loggerOf().info(message, ...more),
    warn: (message, ...more) => loggerOf().warn(message, ...more),
    error: (message, ...more) => loggerOf().error(message, ...more),
  };
}
