import type { SubgraphResponse } from '#platform/graphql/envelope.ts';

/** A subgraph answered, but not with a GraphQL response. */
export class InvalidAnswer extends Error {
  override name = 'InvalidAnswer';
}

/** The call was refused before the subgraph did anything: there were too many. */
export class Throttled extends Error {
  override name = 'Throttled';
}

/** The subgraph's function or server failed, and gave no GraphQL response. */
export class SubgraphDown extends Error {
  override name = 'SubgraphDown';
}

/** The subgraph's function made an answer that Lambda refuses for its size: the client asked for too much. */
export class AnswerTooLarge extends Error {
  override name = 'AnswerTooLarge';
}

/** Narrows what came over the wire to a GraphQL response; throws InvalidAnswer. */
export function toResponse(body: string): SubgraphResponse {
  const response = parsed(body);
  if (!isResponse(response)) throw new InvalidAnswer('The answer is no GraphQL response');
  return response;
}

function isResponse(value: unknown): value is SubgraphResponse {
  if (typeof value !== 'object' || value === null) return false;
  const { data, errors } = value as { data?: unknown; errors?: unknown };
  const hasErrors = Array.isArray(errors) && errors.every((error) => typeof error === 'object' && error !== null);
  if (errors !== undefined && errors !== null && !hasErrors) return false;
  return data === undefined ? hasErrors && errors.length > 0 : typeof data === 'object' && !Array.isArray(data);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidAnswer('The answer is not JSON');
  }
}
