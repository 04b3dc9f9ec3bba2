import type { GraphQLFormattedError } from 'graphql';
import { errorBody } from '#platform/graphql/errors.ts';
import { type CachePolicy, cacheControl, NOT_CACHED, policyFrom, strictest } from '../caching/cache-policy.ts';
import type { OperationKind } from '../engine/program.ts';
import type { SubscriptionTopic } from '../engine/run/execution.ts';
import type { IncrementalDelivery } from '../engine/run/incremental-delivery.ts';
import type { GatewayRequest } from '../request.ts';
import type { HttpResponse, TextResponse } from './http-message.ts';
import type { IncrementalOptions } from './incremental-response.ts';
import { jsonBody } from './json-body.ts';
import { JSON_TYPE, negotiateMediaType } from './media-types.ts';

/** Result of a request, https://spec.graphql.org/October2021/#sec-Response-Format. Without `data`, nothing was executed. */
export interface GraphQLResult {
  /** Masked errors. */
  errors?: readonly GraphQLFormattedError[];
  data?: Record<string, unknown> | null;
  extensions?: Record<string, unknown>;
  /** Topic of a subscription that has started. */
  topic?: SubscriptionTopic;
  /** Deferred fragments, which follow. */
  incremental?: IncrementalDelivery;
  /** Kind of the operation that ran. */
  kind?: OperationKind;
  /** Status and headers set by an error. */
  http?: { status?: number; headers?: Record<string, string> };
  /** Undefined if the response may not be cached. */
  caching?: CachePolicy;
  /** Headers set by Apollo Server plugins. */
  headers?: Iterable<[name: string, value: string]>;
}

/** https://owasp.org/www-project-secure-headers/ */
const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** Codes of documents that cannot be executed, and of invalid variables. */
const REQUEST_ERRORS: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/** Creates the HTTP response for the result of a request; a size over the maximum of bytes gives a response with an error. */
export function graphqlResponse(result: GraphQLResult, request: GatewayRequest, maximum: number): HttpResponse {
  const body = jsonBody(resultMembers(result), maximum);
  return body ? { ...responseHead(result, request), body } : responseTooLarge(maximum, request, result.kind);
}

/** Creates the HTTP response for a result with deferred fragments; likewise limited. */
export async function incrementalResponse(
  result: GraphQLResult,
  delivery: IncrementalDelivery,
  request: GatewayRequest,
  options: IncrementalOptions,
): Promise<HttpResponse> {
  // Not loaded by other requests.
  const { IncrementalParts, incrementalType } = await import('./incremental-response.ts');
  const parts = new IncrementalParts(resultMembers(result), delivery, options);
  const { caching: _, ...uncached } = result;
  const { status, headers } = responseHead(uncached, request);
  const type = incrementalType(options.protocol);
  if (!parts.initial) return responseTooLarge(options.maxBytes, request, result.kind);
  return { status, headers: { ...headers, 'content-type': type }, body: parts.all() };
}

/** Returns the members of the response. */
export function resultMembers({ errors, data, extensions }: GraphQLResult) {
  return { errors: errors?.length ? errors : undefined, data, extensions };
}

function responseHead(result: GraphQLResult, { http, returned }: GatewayRequest): Omit<HttpResponse, 'body'> {
  const type = negotiateMediaType(http.headers.accept);
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
  };
}

/** Creates a response with one error. */
export function errorResponse(
  status: number,
  { message, ...extensions }: { message: string; code: string; limit?: string },
): TextResponse {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store', ...SECURITY_HEADERS },
    body: errorBody(message, extensions),
  };
}

/** Creates a plain JSON response. */
export function jsonResponse(value: object): TextResponse {
  return {
    status: 200,
    headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store', ...SECURITY_HEADERS },
    body: JSON.stringify(value),
  };
}

/** Creates the error in place of a response that is too large; it says if a mutation has run. */
function responseTooLarge(maximum: number, { counts }: GatewayRequest, kind?: OperationKind): TextResponse {
  counts.errors++;
  const isMutation = kind === 'mutation';
  const message = `The response has more than the maximum of ${maximum} bytes. Request fewer objects.${isMutation ? ' The mutation has been executed.' : ''}`;
  return errorResponse(isMutation ? 200 : 400, { message, code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes' });
}

/** Responses with errors are not cached. */
function policyOf({ errors, caching = NOT_CACHED }: GraphQLResult): CachePolicy {
  return errors?.length ? NOT_CACHED : caching;
}

/**
 * Returns the status. For a client that explicitly accepts `application/json`, only transport errors have another than 200;
 * https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
function statusOf({ errors = [], data, http }: GraphQLResult, accept: string | undefined): number {
  if (http?.status && http.status !== 400) return http.status;
  if (data !== undefined) return 200;
  const isLegacyClient = accept === 'application/json';
  return isLegacyClient && errors.every(({ extensions }) => REQUEST_ERRORS.has(extensions?.code)) ? 200 : 400;
}
