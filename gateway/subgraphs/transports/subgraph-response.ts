import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { ReceivedBody } from './received-body.ts';

/** The subgraph did not return a GraphQL response. */
export class InvalidResponse extends Error {
  override name = 'InvalidResponse';
}

/** The call was rejected before it ran, because of too many concurrent calls. */
export class Throttled extends Error {
  override name = 'Throttled';
}

/** The subgraph's function or server failed without a GraphQL response. */
export class SubgraphUnavailable extends Error {
  override name = 'SubgraphUnavailable';
}

/** The subgraph's response exceeds Lambda's size limit. */
export class ResponseTooLarge extends Error {
  override name = 'ResponseTooLarge';
}

/** Parses and validates a GraphQL response; throws InvalidResponse. */
export function toResponse(body: ReceivedBody): SubgraphResponse {
  const response = parseJson(body);
  if (!isResponse(response)) throw new InvalidResponse('The response is not a GraphQL response');
  return response;
}

function isResponse(value: unknown): value is SubgraphResponse {
  if (typeof value !== 'object' || value === null) return false;
  const { data, errors } = value as { data?: unknown; errors?: unknown };
  const hasErrors = Array.isArray(errors) && errors.every((error) => typeof error === 'object' && error !== null);
  if (errors !== undefined && errors !== null && !hasErrors) return false;
  return data === undefined ? hasErrors && errors.length > 0 : typeof data === 'object' && !Array.isArray(data);
}

function parseJson(body: ReceivedBody): unknown {
  try {
    return body.json();
  } catch {
    throw new InvalidResponse('The response is not JSON');
  }
}
