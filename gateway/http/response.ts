import type { GraphQLFormattedError } from 'graphql';
import { errorBody } from '#platform/errors.ts';
import { type CachePolicy, cacheControl, NOT_CACHED, policyFrom, strictest } from '../caching/cache-policy.ts';
import type { GatewayRequest } from '../request.ts';
import { byteLength, type HttpResponse } from './http-message.ts';
import { answerType, JSON_TYPE } from './media-types.ts';

/** A GraphQL response, https://spec.graphql.org/October2021/#sec-Response-Format. Without `data`, nothing was executed. */
export interface GraphQLResult {
  /** What the client is told: masked. */
  errors?: readonly GraphQLFormattedError[];
  data?: Record<string, unknown> | null;
  extensions?: Record<string, unknown>;
  /** Of the operation that was run. */
  kind?: 'query' | 'mutation';
  /** How a refusal changes the HTTP answer. */
  http?: { status?: number; headers?: Record<string, string> };
  /** How long the answer may be kept; undefined: not at all. */
  caching?: CachePolicy;
  /** Headers that an Apollo Server plugin has set. */
  headers?: Iterable<[name: string, value: string]>;
}

/** https://owasp.org/www-project-secure-headers/ */
const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** Errors of a document that cannot be executed, or of variables that do not fit it. */
const UNREADABLE: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/** Writes the HTTP answer for the result of a request. */
export function graphqlResponse(result: GraphQLResult, { http, returned }: GatewayRequest): HttpResponse {
  const type = answerType(http.headers.accept);
  const { errors, data, extensions } = result;
  const headers: HttpResponse['headers'] = Object.fromEntries(result.headers ?? []);
  for (const [name, values] of returned.entries()) headers[name] = values.length > 1 ? values : (values[0] ?? '');
  const policies = [policyOf(result), ...returned.cacheControl().map(policyFrom)];
  return {
    status: type ? statusOf(result, http.headers.accept) : 406,
    headers: {
      ...headers,
      ...result.http?.headers,
      'cache-control': cacheControl(strictest(policies)),
      'content-type': type ?? JSON_TYPE,
      ...SECURITY_HEADERS,
    },
    body: `${JSON.stringify({ errors: errors?.length ? errors : undefined, data, extensions })}\n`,
  };
}

/** Writes an answer that is one error. */
export function errorResponse(
  status: number,
  { message, ...extensions }: { message: string; code: string; limit?: string },
): HttpResponse {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store', ...SECURITY_HEADERS },
    body: errorBody(message, extensions),
  };
}

/** Writes an answer of JSON that is no GraphQL response. */
export function jsonResponse(value: object): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store', ...SECURITY_HEADERS },
    body: JSON.stringify(value),
  };
}

/** Replaces an answer that is larger than its host may return by an error. What a mutation has done stays done. */
export function withinSize(response: HttpResponse, maximum: number, kind?: 'query' | 'mutation'): HttpResponse {
  const bytes = byteLength(response.body);
  if (bytes <= maximum) return response;
  const done = kind === 'mutation' ? ' The mutation has been carried out.' : '';
  const message = `The answer has ${bytes} bytes: at most ${maximum} are allowed. Ask for less.${done}`;
  return errorResponse(done ? 200 : 400, { message, code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes' });
}

/** Answers with errors are not kept. */
function policyOf({ errors, caching = NOT_CACHED }: GraphQLResult): CachePolicy {
  return errors?.length ? NOT_CACHED : caching;
}

/**
 * To a client that asks for `application/json` by name, a status other than 200 says that no GraphQL server answered;
 * https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
function statusOf({ errors = [], data, http }: GraphQLResult, accept: string | undefined): number {
  if (http?.status && http.status !== 400) return http.status;
  if (data !== undefined) return 200;
  const isLegacyClient = accept === 'application/json';
  return isLegacyClient && errors.every(({ extensions }) => UNREADABLE.has(extensions?.code)) ? 200 : 400;
}
