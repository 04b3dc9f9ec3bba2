import { isUtf8 } from 'node:buffer';
import { GraphQLError } from 'graphql/error/index.js';
import type { Limits } from '../limits/limits.ts';
import { isNestedDeeper } from '../limits/nesting.ts';
import { byteLength, type HttpRequest } from './http-message.ts';
import { isJson } from './media-types.ts';

/**
 * The parameters of a GraphQL request, https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters. At least one
 * of `query`, `documentId` and `hash` is there.
 */
export interface GraphQLParameters {
  /** The document's text. */
  query: string | undefined;
  /** The id of a registered operation. */
  documentId: string | undefined;
  /** The SHA-256 of an automatic persisted query, or the id of a registered operation. */
  hash: string | undefined;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

type ReadLimits = Pick<Limits, 'bodyBytes' | 'nesting'>;
type Members = Readonly<Record<string, unknown>>;

/** Reads the parameters of a request; throws a GraphQLError that says what is wrong with it. */
export function graphqlParameters(request: HttpRequest, limits: ReadLimits): GraphQLParameters {
  switch (request.method) {
    case 'POST':
      return parametersFrom(membersOfBody(request, limits));
    case 'GET':
      return parametersFrom(membersOfSearch(request, limits));
    default:
      throw badRequest('The API takes GET and POST.', 405, { allow: 'GET, POST' });
  }
}

function parametersFrom(members: Members): GraphQLParameters {
  const query = text(members, 'query');
  const documentId = text(members, 'documentId');
  const hash = hashIn(object(members, 'extensions').persistedQuery);
  if (!query && !documentId && !hash) throw badRequest('The request names no operation: send `query` or `documentId`.');
  return {
    query,
    documentId,
    hash,
    operationName: text(members, 'operationName'),
    variables: object(members, 'variables'),
  };
}

function membersOfBody({ headers, body }: HttpRequest, limits: ReadLimits): Members {
  const bytes = byteLength(body);
  if (bytes > limits.bodyBytes) throw tooLarge(bytes, limits.bodyBytes);
  if (!isJson(headers['content-type']))
    throw badRequest('The Content-Type of a request must be application/json, in UTF-8.', 415);
  const members = parsed(decoded(body), 'The request body', limits);
  if (Array.isArray(members)) throw badRequest('The request body is a list: send one operation a request.');
  if (!isObject(members)) throw badRequest('The request body is not a JSON object.');
  return members;
}

/** https://github.com/apollographql/apollo-server/blob/main/packages/server/src/preventCsrf.ts */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

function membersOfSearch({ headers, search }: HttpRequest, limits: ReadLimits): Members {
  const contentType = headers['content-type'];
  if (contentType !== undefined && !isJson(contentType))
    throw badRequest('A GET request needs no Content-Type; if it has one, that must be application/json.', 415);
  const members: Record<string, unknown> = {};
  for (const [parameter, value] of new URLSearchParams(search)) {
    const name = parameter === 'id' ? 'documentId' : parameter;
    if (Object.hasOwn(members, name)) throw badRequest(`The search parameter \`${parameter}\` is there twice.`);
    const isJsonText = name === 'variables' || name === 'extensions';
    members[name] = isJsonText ? parsed(value, `The search parameter \`${parameter}\``, limits) : value;
  }
  // A foreign page can have a browser send a GET: then it may name registered operations only.
  if (members.query && contentType === undefined && !PREFLIGHT_HEADERS.some((name) => headers[name]))
    throw badRequest(`A GET request with a query needs one of the headers ${PREFLIGHT_HEADERS.join(', ')}.`);
  return members;
}

/** Text without a byte order mark. */
function decoded(body: string | Uint8Array): string {
  if (typeof body !== 'string' && !isUtf8(body)) throw badRequest('The request body is not UTF-8.');
  const text =
    typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function parsed(json: string, what: string, { nesting }: ReadLimits): unknown {
  if (isNestedDeeper(json, nesting, 'json'))
    throw new GraphQLError(`${what} is nested more than ${nesting} levels deep.`, {
      extensions: { code: 'REQUEST_TOO_LARGE', limit: 'nesting', maximum: nesting, http: { status: 400 } },
    });
  try {
    return JSON.parse(json);
  } catch {
    throw badRequest(`${what} is not valid JSON.`);
  }
}

/** An empty text names nothing. */
function text(members: Members, name: string): string | undefined {
  const value = members[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw badRequest(`\`${name}\` must be a string.`);
  return value;
}

function object(members: Members, name: string): Record<string, unknown> {
  const value = members[name] ?? {};
  if (!isObject(value)) throw badRequest(`\`${name}\` must be an object.`);
  return value;
}

/** https://www.apollographql.com/docs/apollo-server/performance/apq: `{"version": 1, "sha256Hash": "…"}` */
function hashIn(persistedQuery: unknown): string | undefined {
  if (persistedQuery === undefined || persistedQuery === null) return undefined;
  const { version, sha256Hash } = isObject(persistedQuery) ? persistedQuery : {};
  if (version === 1 && typeof sha256Hash === 'string' && sha256Hash !== '') return sha256Hash;
  throw badRequest('`extensions.persistedQuery` must be {"version": 1, "sha256Hash": "…"}.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badRequest(message: string, status = 400, headers?: Record<string, string>): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'BAD_REQUEST', http: { status, ...(headers && { headers }) } },
  });
}

function tooLarge(bytes: number, maximum: number): GraphQLError {
  return new GraphQLError(`The request body has ${bytes} bytes: at most ${maximum} are allowed.`, {
    extensions: { code: 'REQUEST_TOO_LARGE', limit: 'bodyBytes', maximum, http: { status: 413 } },
  });
}
