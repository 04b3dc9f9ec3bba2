import { parse } from 'content-type';
import Negotiator from 'negotiator';

export const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

/** In order of preference, for a client that accepts both equally. */
const RESPONSE_TYPES = [JSON_TYPE, GRAPHQL_RESPONSE_TYPE];

/** Returns whether a `Content-Type` is JSON in UTF-8. */
export function isJson(contentType: string | undefined): boolean {
  const { type, parameters } = parse(contentType ?? '');
  return type === 'application/json' && /^utf-?8$/i.test(parameters.charset ?? 'utf-8');
}

/** Returns the response's media type for an `Accept` header; undefined if none is acceptable. */
export function negotiateMediaType(accept: string | undefined): string | undefined {
  if (!accept) return JSON_TYPE;
  return new Negotiator({ headers: { accept } }).mediaType(RESPONSE_TYPES);
}
