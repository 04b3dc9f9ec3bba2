import { isUtf8 } from 'node:buffer';
import { GraphQLError } from 'graphql/error/index.js';
import type { Limits } from '../limits/limits.ts';
import { exceedsNesting } from '../limits/nesting.ts';
import type { HttpRequest } from './http-message.ts';
import { isJson } from './media-types.ts';
import { decodedBody } from './request-body.ts';

/**
 * Parameters of a GraphQL request, https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters. At least one of
 * `query`, `documentId` and `hash` is set.
 */
export interface GraphQLParameters {
  /** The document's text. */
  query: string | undefined;
  /** Id of a registered operation. */
  documentId: string | undefined;
  /** SHA-256 of an automatic persisted query, or id of a registered operation. */
  hash: string | undefined;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

type ReadLimits = Pick<Limits, 'bodyBytes' | 'nesting'>;
type Members = Readonly<Record<string, unknown>>;

/** Reads the parameters of a GET or POST; throws a GraphQLError if it is malformed. */
export async function graphqlParameters(request: HttpRequest, limits: ReadLimits): Promise<GraphQLParameters> {
  const membersOf = request.method === 'GET' ? membersOfSearch : membersOfBody;
  return parametersFrom(await membersOf(request, limits));
}

/** Reads the parameters from the members of a request; throws a GraphQLError if one is malformed. */
export function parametersFrom(members: Members): GraphQLParameters {
  const query = text(members, 'query');
  const documentId = text(members, 'documentId');
  const hash = hashIn(object(members, 'extensions').persistedQuery);
  if (!query && !documentId && !hash) throw badRequest('The request has no operation. Send `query` or `documentId`.');
  return {
    query,
    documentId,
    hash,
    operationName: text(members, 'operationName'),
    variables: object(members, 'variables'),
  };
}

async function membersOfBody(request: HttpRequest, limits: ReadLimits): Promise<Members> {
  const body = await decodedBody(request, limits.bodyBytes);
  if (!isJson(request.headers['content-type']))
    throw badRequest('The Content-Type must be application/json in UTF-8.', 415);
  const members = parseJson(decode(body), 'The request body', limits);
  if (Array.isArray(members)) throw badRequest('Batches are not supported. Send one operation per request.');
  if (!isObject(members)) throw badRequest('The request body is not a JSON object.');
  return members;
}

/** https://github.com/apollographql/apollo-server/blob/main/packages/server/src/preventCsrf.ts */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

function membersOfSearch({ headers, search }: HttpRequest, limits: ReadLimits): Members {
  const contentType = headers['content-type'];
  if (contentType !== undefined && !isJson(contentType))
    throw badRequest('The Content-Type of a GET request must be absent or application/json.', 415);
  const members: Record<string, unknown> = {};
  for (const [parameter, value] of new URLSearchParams(search)) {
    const name = parameter === 'id' ? 'documentId' : parameter;
    if (Object.hasOwn(members, name)) throw badRequest(`The search parameter \`${parameter}\` occurs twice.`);
    const isJsonText = name === 'variables' || name === 'extensions';
    members[name] = isJsonText ? parseJson(value, `The search parameter \`${parameter}\``, limits) : value;
  }
  // CSRF: any page can send a simple GET with the user's cookies, so it may only run registered operations.
  if (members.query && contentType === undefined && !PREFLIGHT_HEADERS.some((name) => headers[name]))
    throw badRequest(`A GET request with a query requires one of the headers ${PREFLIGHT_HEADERS.join(', ')}.`);
  return members;
}

/** Decodes a body without its byte order mark. */
function decode(body: string | Uint8Array): string {
  if (typeof body !== 'string' && !isUtf8(body)) throw badRequest('The request body is not UTF-8.');
  const text =
    typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function parseJson(json: string, label: string, { nesting }: ReadLimits): unknown {
  if (exceedsNesting(json, nesting, 'json'))
    throw new GraphQLError(`${label} is nested more than ${nesting} levels deep.`, {
      extensions: { code: 'REQUEST_TOO_LARGE', limit: 'nesting', maximum: nesting, http: { status: 400 } },
    });
  try {
    return JSON.parse(json);
  } catch {
    throw badRequest(`${label} is not valid JSON.`);
  }
}

/** Returns a string member; undefined if it is absent, null or empty. */
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

function badRequest(message: string, status = 400): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status } } });
}
