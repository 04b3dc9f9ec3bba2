import { randomUUID } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';
import type { Log } from '../telemetry/log.ts';

/** Codes of errors whose message is for the client; all other errors are masked. */
const PUBLIC_CODES: ReadonlySet<unknown> = new Set([
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

/** Returns the JSON text of a response with one error. */
export function errorBody(message: string, extensions: object): string {
  return JSON.stringify({ errors: [{ message, extensions }] });
}

/**
 * Returns Apollo Server's `formatError`. It keeps expected errors, and replaces others with "Internal server error" and the
 * `errorId` of their log line. An error masked by a subgraph keeps its id, and a subgraph's error keeps its code. Stack
 * traces are removed.
 */
export function maskErrors(log: Log): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { stacktrace: _, http: __, ...extensions } = formatted.extensions ?? {};
    if (PUBLIC_CODES.has(extensions.code)) return { ...formatted, message: truncate(formatted.message), extensions };
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

/** Messages can quote the client's input, so they are truncated. */
const MAX_MESSAGE = 1_000;

function truncate(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
}

/** Returns the error that a resolver threw, which graphql-js wraps in an error with a path. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.path && error.originalError ? error.originalError : error;
}
