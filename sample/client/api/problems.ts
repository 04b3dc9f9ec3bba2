import { CombinedGraphQLErrors, type ErrorLike, ServerError } from '@apollo/client';

const UNREACHABLE = 'The service cannot be reached. Check your connection and try again.';
const SERVER_ERROR = 'Something went wrong on our side.';
const PART_MISSING = 'Part of this page cannot be loaded right now.';

/** Messages for the gateway's error codes. */
const MESSAGES: Record<string, string> = {
  SUBGRAPH_UNAVAILABLE: PART_MISSING,
  SUBGRAPH_TIMEOUT: PART_MISSING,
  SUBGRAPH_BAD_RESPONSE: PART_MISSING,
  UNAUTHENTICATED: 'Sign in first.',
  AUTHENTICATION_UNAVAILABLE: 'Sign-in cannot be checked right now. Try again in a moment.',
  FORBIDDEN: 'You are not allowed to see this.',
};

/** Codes of errors whose own message can be shown to users. */
const USER_FACING: ReadonlySet<unknown> = new Set(['BAD_USER_INPUT']);

/** Returns the message of an unexpected error, without duplicates. */
export function errorMessage(error: ErrorLike): string {
  if (CombinedGraphQLErrors.is(error)) return [...new Set(error.errors.map(messageOf))].join(' ');
  return ServerError.is(error) ? SERVER_ERROR : UNREACHABLE;
}

/** Whether an error has a code. */
export function hasCode(error: ErrorLike, code: string): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === code);
}

function messageOf({ message, extensions = {} }: CombinedGraphQLErrors['errors'][number]): string {
  const { code, errorId } = extensions;
  if (USER_FACING.has(code)) return message;
  const text = MESSAGES[String(code)] ?? SERVER_ERROR;
  return typeof errorId === 'string' ? `${text} If you contact us, mention the error id ${errorId}.` : text;
}
