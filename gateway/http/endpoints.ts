import type { HttpRequest, HttpResponse } from './http-message.ts';
import { errorResponse } from './response.ts';

/** Methods of a path, and its request handler. */
export interface Endpoint {
  methods: readonly string[];
  respond: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;
}

export const GRAPHQL_METHODS = ['GET', 'POST'];

/** Answers a request at the endpoint of its path: 404 if there is none, 405 for another method. */
export async function respondAt(endpoint: Endpoint | undefined, request: HttpRequest): Promise<HttpResponse> {
  if (!endpoint) return notFound();
  const { methods, respond } = endpoint;
  return methods.includes(request.method) ? respond(request) : methodNotAllowed(methods);
}

/** Response for an unknown path or contract. */
export function notFound(): HttpResponse {
  return errorResponse(404, { code: 'NOT_FOUND', message: 'Not found: the API is at /graphql.' });
}

function methodNotAllowed(methods: readonly string[]): HttpResponse {
  const response = errorResponse(405, {
    code: 'BAD_REQUEST',
    message: `This path accepts ${methods.join(' and ')}.`,
  });
  return { ...response, headers: { ...response.headers, allow: methods.join(', ') } };
}
