import { CombinedGraphQLErrors, type ErrorLike, ServerError } from '@apollo/client';

const UNREACHABLE = 'The service cannot be reached. Check your connection and try again.';
const OUR_FAULT = 'Something went wrong on our side.';
const PART_MISSING = 'A part of this page cannot be loaded right now.';

/** What the codes of the gateway mean to the reader of a page. */
const WORDS: Record<string, string> = {
  SUBGRAPH_UNAVAILABLE: PART_MISSING,
  SUBGRAPH_TIMEOUT: PART_MISSING,
  SUBGRAPH_BAD_RESPONSE: PART_MISSING,
  UNAUTHENTICATED: 'Sign in first.',
  AUTHENTICATION_UNAVAILABLE: 'Sign-in cannot be checked right now. Try again in a moment.',
  FORBIDDEN: 'You may not see this.',
};

/** Codes whose message is written for whoever made the request. */
const TOLD: ReadonlySet<unknown> = new Set(['BAD_USER_INPUT']);

/** An unexpected failure in words, each reason once. */
export function inWords(error: ErrorLike): string {
  if (CombinedGraphQLErrors.is(error)) return [...new Set(error.errors.map(wordsOf))].join(' ');
  return ServerError.is(error) ? OUR_FAULT : UNREACHABLE;
}

/** Whether a failure is, among others, of one kind. */
export function hasCode(error: ErrorLike, code: string): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === code);
}

function wordsOf({ message, extensions = {} }: CombinedGraphQLErrors['errors'][number]): string {
  const { code, errorId } = extensions;
  if (TOLD.has(code)) return message;
  const words = WORDS[String(code)] ?? OUR_FAULT;
  return typeof errorId === 'string' ? `${words} If you write to us, name ${errorId}.` : words;
}
