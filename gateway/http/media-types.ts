import { parse } from 'content-type';
import Negotiator from 'negotiator';

export const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

/** In the order of preference, for a client that accepts both alike. */
const ANSWER_TYPES = [JSON_TYPE, GRAPHQL_RESPONSE_TYPE];

/** Returns whether a `Content-Type` says JSON in UTF-8, the one form in which requests are read. */
export function isJson(contentType: string | undefined): boolean {
  const { type, parameters } = parse(contentType ?? '');
  return type === 'application/json' && /^utf-?8$/i.test(parameters.charset ?? 'utf-8');
}

/** Returns the media type of the answer that an `Accept` header prefers; undefined if it accepts none there is. */
export function answerType(accept: string | undefined): string | undefined {
  if (!accept) return JSON_TYPE;
  return new Negotiator({ headers: { accept } }).mediaType(ANSWER_TYPES);
}
