import type { HTTPGraphQLRequest } from '@apollo/server';
import { GraphQLError } from 'graphql/error/index.js';
import type { Log } from '#platform/log.ts';
import type { SafelistMode } from '../safelist.ts';
import type { OperationStore } from './operation-store.ts';
import { idIn, nameInSearch } from './prepared-request.ts';

/** Gives Apollo Server the text of an operation that is asked for by id, and holds to the safelist. */
export class RegisteredRequests {
  readonly #operations: OperationStore;
  readonly #mode: SafelistMode;
  readonly #log: Pick<Log, 'warn'>;

  constructor(operations: OperationStore, mode: SafelistMode, log: Pick<Log, 'warn'>) {
    this.#operations = operations;
    this.#mode = mode;
    this.#log = log;
  }

  /** The request with its operation's text in place of its id. Throws a GraphQLError for one that may not run. */
  withText(request: HTTPGraphQLRequest): HTTPGraphQLRequest {
    const members = membersOf(request);
    if (!members) return request;
    const given = idIn(members);
    const text = given === undefined ? undefined : this.#operations.textOf(given);
    if (text !== undefined) return request.method === 'GET' ? withSearch(request, text) : withBody(request, text);
    const { query, documentId } = members;
    if (documentId !== undefined && documentId !== null) throw notRegistered('PERSISTED_QUERY_NOT_IN_LIST');
    if (this.#mode === 'only') throw notRegistered(query ? 'QUERY_NOT_IN_SAFELIST' : 'PERSISTED_QUERY_NOT_IN_LIST');
    if (this.#mode === 'log')
      this.#log.warn('operation is not registered', {
        id: given,
        client: request.headers.get('apollographql-client-name'),
      });
    return request;
  }
}

/** The JSON object of the body, or what the address says; undefined if there is neither. */
function membersOf({ method, body, search }: HTTPGraphQLRequest): Record<string, unknown> | undefined {
  if (method !== 'GET')
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : undefined;
  const given = [...new URLSearchParams(search)].map(([name, value]) => [nameInSearch(name), value]);
  const members: Record<string, unknown> = Object.fromEntries(given);
  try {
    return { ...members, extensions: JSON.parse(String(members.extensions ?? '{}')) };
  } catch {
    return undefined;
  }
}

function withBody(request: HTTPGraphQLRequest, query: string): HTTPGraphQLRequest {
  const { documentId: _, extensions, ...members } = request.body as Record<string, unknown>;
  return { ...request, body: { ...members, query, ...withoutHash(extensions) } };
}

/** A page elsewhere may have a browser send it: it can name registered queries alone, and does not see the answer. */
function withSearch(request: HTTPGraphQLRequest, query: string): HTTPGraphQLRequest {
  const search = new URLSearchParams(request.search);
  const extensions = search.get('extensions');
  for (const name of ['documentId', 'id', 'extensions']) search.delete(name);
  search.set('query', query);
  const rest = withoutHash(extensions ? JSON.parse(extensions) : undefined);
  if (rest.extensions) search.set('extensions', JSON.stringify(rest.extensions));
  request.headers.set('apollo-require-preflight', 'registered');
  return { ...request, search: `?${search}` };
}

/** The operation is known: Apollo Server need not keep it too. */
function withoutHash(extensions: unknown): { extensions?: unknown } {
  if (typeof extensions !== 'object' || extensions === null) return extensions === undefined ? {} : { extensions };
  const { persistedQuery: _, ...rest } = extensions as Record<string, unknown>;
  return { extensions: rest };
}

const MESSAGES = {
  PERSISTED_QUERY_NOT_IN_LIST: 'No operation is registered under this id.',
  QUERY_NOT_IN_SAFELIST: 'This operation is not registered, and no other may run here.',
};

function notRegistered(code: keyof typeof MESSAGES): GraphQLError {
  return new GraphQLError(MESSAGES[code], { extensions: { code, http: { status: 400 } } });
}
