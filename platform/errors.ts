import { randomUUID } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';
import type { Log } from './log.ts';

/** Codes whose message was written for the client; any other error is masked. */
const TOLD_TO_CLIENTS: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'QUERY_NOT_IN_SAFELIST',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'INVALID_GRAPHQL',
  'UNAUTHENTICATED',
  'AUTHENTICATION_UNAVAILABLE',
  'FORBIDDEN',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_BAD_RESPONSE',
  'OPERATION_TOO_COMPLEX',
  'OPERATION_TOO_LARGE',
  'OPERATION_TOO_COSTLY',
  'REQUEST_TOO_LARGE',
  'RESPONSE_TOO_LARGE',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  'NO_PLAN',
]);

/** Returns the text of a response that is one error. */
export function errorBody(message: string, extensions: object): string {
  return JSON.stringify({ errors: [{ message, extensions }] });
}

/** Whether a code says that the client's request was at fault, or that it already has a message for the client. */
function isToldToClients(code: unknown): boolean {
  return TOLD_TO_CLIENTS.has(code);
}

/**
 * Makes Apollo Server's `formatError`: expected errors pass, an unexpected one becomes "Internal server error" with an
 * `errorId` that the log line has too. An error that a subgraph has masked keeps its id, one that comes from a subgraph
 * keeps its code, and no error keeps its stack.
 */
export function maskErrors(log: Log): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { stacktrace: _, http: __, ...extensions } = formatted.extensions ?? {};
    if (isToldToClients(extensions.code)) return { ...formatted, message: shortened(formatted.message), extensions };
    const errorId = typeof extensions.errorId === 'string' ? extensions.errorId : randomUUID();
    log.error('unexpected error', {
      errorId,
      path: formatted.path?.join('.'),
      error: causeOf(error) as Error,
    });
    const { serviceName, code } = extensions;
    return {
      message: 'Internal server error',
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions: {
        code: 'INTERNAL_SERVER_ERROR',
        errorId,
        ...(typeof serviceName === 'string' && { serviceName, code }),
      },
    };
  };
}

/** Messages quote what a client sent: an answer does not repeat it at any length. */
const MAX_MESSAGE = 1_000;

function shortened(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
}

/** What a resolver threw, which graphql-js tells of with a path. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.path && error.originalError ? error.originalError : error;
}
