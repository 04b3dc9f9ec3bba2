import { Logger } from '@aws-lambda-powertools/logger';

/** The function's structured log: identifiers, never whole events. */
export const log = new Logger();

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** A log whose every line carries the request's id. */
export function requestLog(requestId: string): Log {
  return log.createChild({ persistentLogAttributes: { requestId } });
}
