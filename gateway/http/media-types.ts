import { parse } from 'content-type';
import Negotiator from 'negotiator';
import type { IncrementalProtocol } from './incremental-response.ts';

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
  const single = new Negotiator({ headers: { accept } }).mediaType(RESPONSE_TYPES);
  // A client that only names a type of incremental delivery reads a single response too.
  return single ?? (incrementalProtocol(accept) && JSON_TYPE);
}

const PROTOCOLS: IncrementalProtocol[] = ['deferSpec=20220824', 'incrementalSpec=v0.2'];

/** Returns the protocol of incremental delivery that an `Accept` header names and prefers. */
export function incrementalProtocol(accept: string | undefined): IncrementalProtocol | undefined {
  if (!accept || !/Spec=/i.test(accept)) return undefined;
  const types = PROTOCOLS.map((protocol) => `multipart/mixed; ${protocol}`);
  const preferred = new Negotiator({ headers: { accept } }).mediaType([...types, ...RESPONSE_TYPES]);
  return PROTOCOLS[types.indexOf(preferred ?? '')];
}
