import { Logger } from '@aws-lambda-powertools/logger';

/** The function's structured log. Log identifiers, never whole events. */
export const log = new Logger();

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** Returns a log that adds the request's id to every line. */
export function requestLog(requestId: string): Log {
  return log.createChild({ persistentLogAttributes: { requestId } });
}
