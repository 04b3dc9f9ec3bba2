import { GraphQLError } from 'graphql/error/index.js';
import { loadOnce } from '#platform/load-once.ts';
import type { SafelistMode } from '#platform/safelist.ts';
import type { Log } from '#platform/telemetry/log.ts';
import type { GraphQLParameters } from '../http/graphql-parameters.ts';
import type { Limits } from '../limits/limits.ts';
import type { GatewayRequest } from '../request.ts';
import { checkCharacters } from './document-size.ts';
import type { Operation, OperationKey, OperationPlanner } from './operation.ts';
import { idOf } from './operation-id.ts';
import { planRequest } from './plan-request.ts';
import type { RegisteredOperation } from './registered-operation.ts';
import type { StoredQueries } from './stored-queries.ts';

export interface OperationFinderOptions {
  /** Returns the registered operation with an id. */
  registered?: (id: string) => RegisteredOperation | undefined;
  /** Returns a registered operation with the programs that the build has compiled. */
  precompiled?: (key: OperationKey) => Operation | undefined;
  /** Automatic persisted queries; undefined if they are disabled. */
  stored?: StoredQueries;
  /** Loads the planner of all other operations. */
  loadPlanner: () => Promise<OperationPlanner>;
  limits: Limits;
  safelist: SafelistMode;
  /** Whether clients may request query plans, which needs the planner. */
  showPlans: boolean;
  log: Pick<Log, 'warn'>;
}

/** Finds the operation of a request: registered, cached, stored by its hash, or newly planned. */
export class OperationFinder {
  readonly #options: OperationFinderOptions;
  readonly #loadPlanner: () => Promise<OperationPlanner>;
  #planner: OperationPlanner | undefined;

  constructor(options: OperationFinderOptions) {
    this.#options = options;
    this.#loadPlanner = loadOnce(async () => {
      this.#planner = await options.loadPlanner();
      return this.#planner;
    });
  }

  /** Returns the operation of a request. Throws a GraphQLError or a Refusal if it is unknown, invalid or not allowed. */
  async find({ http, parameters }: GatewayRequest): Promise<Operation> {
    if (!parameters) throw new Error('The request was not read');
    const { documentId, hash, query, operationName } = parameters;
    // Before the text is hashed, so that a refusal costs little.
    if (query !== undefined) checkCharacters(query, this.#options.limits.characters);
    const id = documentId ?? hash ?? idOf(query ?? '');
    const known = this.#options.registered?.(id);
    checkDocumentId(parameters, known?.body);
    const needsPlan = this.#options.showPlans && planRequest(http);
    const precompiled = known && !needsPlan && this.#options.precompiled?.({ id, operationName });
    if (precompiled) return precompiled;
    if (known) return this.plan(known.body, operationName);
    this.#checkSafelist(parameters, id, http.headers['apollographql-client-name']);
    const text = query ?? (await this.#storedText(hash));
    const operation = await this.plan(text, operationName, id);
    if (query !== undefined && hash !== undefined) this.#options.stored?.set(hash, query);
    return operation;
  }

  /** Returns the operation of a document; throws a GraphQLError or a Refusal if it is not valid. */
  async plan(text: string, operationName: string | undefined, id = idOf(text)): Promise<Operation> {
    const key = { id, operationName };
    const cached = this.#planner?.cached(key);
    if (cached) return cached;
    const { readDocument } = await import('./read-document.ts');
    const document = readDocument(text, this.#options.limits);
    return (await this.#loadPlanner()).add(key, text, document);
  }

  /** Resolves when pending writes of stored queries are complete: Lambda freezes the function after the response. */
  async flush(): Promise<void> {
    await this.#options.stored?.flush();
  }

  #checkSafelist({ query, documentId }: GraphQLParameters, id: string, client: string | undefined): void {
    const { safelist, log } = this.#options;
    if (documentId !== undefined) throw rejection('PERSISTED_QUERY_NOT_IN_LIST');
    if (safelist === 'only') throw rejection(query ? 'QUERY_NOT_IN_SAFELIST' : 'PERSISTED_QUERY_NOT_IN_LIST');
    if (safelist === 'log') log.warn('operation is not registered', { id, client });
  }

  async #storedText(hash = ''): Promise<string> {
    const { stored } = this.#options;
    if (!stored) throw rejection('PERSISTED_QUERY_NOT_SUPPORTED');
    const text = await stored.get(hash);
    if (text === undefined) throw rejection('PERSISTED_QUERY_NOT_FOUND');
    return text;
  }
}

/** Checks that all of a request's ids and its text denote the same operation. */
function checkDocumentId({ documentId, hash, query }: GraphQLParameters, registered: string | undefined): void {
  if (documentId !== undefined && hash !== undefined && documentId !== hash)
    throw badRequest('`documentId` and `extensions.persistedQuery.sha256Hash` name different operations.');
  if (query === undefined || (documentId === undefined && hash === undefined)) return;
  if (registered === undefined ? hash === idOf(query) : registered === query) return;
  throw badRequest(
    documentId === undefined
      ? '`extensions.persistedQuery.sha256Hash` is not the SHA-256 of `query` in lower-case hexadecimal digits.'
      : '`documentId` is not the id of `query`.',
  );
}

const REJECTIONS = {
  PERSISTED_QUERY_NOT_IN_LIST: { status: 400, message: 'No operation is registered with this id.' },
  QUERY_NOT_IN_SAFELIST: {
    status: 400,
    message: 'Only registered operations are allowed, and this one is not registered.',
  },
  // Clients of automatic persisted queries depend on these two messages: https://www.apollographql.com/docs/apollo-server/performance/apq
  PERSISTED_QUERY_NOT_FOUND: { status: 200, message: 'PersistedQueryNotFound' },
  PERSISTED_QUERY_NOT_SUPPORTED: { status: 200, message: 'PersistedQueryNotSupported' },
};

function rejection(code: keyof typeof REJECTIONS): GraphQLError {
  const { status, message } = REJECTIONS[code];
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}
