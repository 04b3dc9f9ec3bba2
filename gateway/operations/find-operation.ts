import { GraphQLError } from 'graphql/error/index.js';
import { loadedOnce } from '#platform/loaded-once.ts';
import type { Log } from '#platform/log.ts';
import type { SafelistMode } from '#platform/safelist.ts';
import type { GraphQLParameters } from '../http/graphql-parameters.ts';
import type { Limits } from '../limits/limits.ts';
import type { GatewayRequest } from '../request.ts';
import type { KnownOperation } from './known-operation.ts';
import type { Operation, OperationKey, OperationPlanner } from './operation.ts';
import { idOf } from './operation-id.ts';
import type { StoredQueries } from './stored-queries.ts';

export interface OperationFinderOptions {
  /** Returns the operation that is registered under an id. */
  registered?: (id: string) => KnownOperation | undefined;
  /** Returns a registered operation that the build has planned. */
  plannedAhead?: (key: OperationKey) => Operation | undefined;
  /** Documents that clients stored by their hash; undefined: they cannot. */
  stored?: StoredQueries;
  /** Loads what plans all others. */
  loadPlanner: () => Promise<OperationPlanner>;
  limits: Limits;
  safelist: SafelistMode;
  /** Whether a client may see plans: then the operation is planned here. */
  showPlans: boolean;
  log: Pick<Log, 'warn'>;
}

/** Asks for the plan, as Apollo's explorer does. */
const PLAN_HEADER = 'apollo-query-plan-experimental';

/** Finds the operation that a request asks for: registered, kept in memory, stored by its hash, or planned now. */
export class OperationFinder {
  readonly #options: OperationFinderOptions;
  readonly #loadPlanner: () => Promise<OperationPlanner>;
  #planner: OperationPlanner | undefined;

  constructor(options: OperationFinderOptions) {
    this.#options = options;
    this.#loadPlanner = loadedOnce(async () => {
      this.#planner = await options.loadPlanner();
      return this.#planner;
    });
  }

  /** Throws a GraphQLError or a Refusal if there is no such operation, or if it may not run. */
  async find({ http, parameters }: GatewayRequest): Promise<Operation> {
    if (!parameters) throw new Error('The request was not read');
    const { documentId, hash, query, operationName } = parameters;
    const given = documentId ?? hash ?? idOf(query ?? '');
    const known = this.#options.registered?.(given);
    checkTextFits(parameters, known?.body);
    const planIsWanted = this.#options.showPlans && http.headers[PLAN_HEADER];
    const ahead = known && !planIsWanted && this.#options.plannedAhead?.({ id: given, operationName });
    if (ahead) return ahead;
    if (known) return this.plan(known.body, operationName);
    this.#checkSafelist(parameters, given, http.headers['apollographql-client-name']);
    const text = query ?? (await this.#storedText(hash));
    const operation = await this.plan(text, operationName);
    if (query !== undefined && hash !== undefined) this.#options.stored?.set(hash, query);
    return operation;
  }

  /** Returns the operation of a text; throws a GraphQLError or a Refusal if it may not run. */
  async plan(text: string, operationName: string | undefined): Promise<Operation> {
    const key = { id: idOf(text), operationName };
    const kept = this.#planner?.kept(key);
    if (kept) return kept;
    const { readDocument } = await import('./read-document.ts');
    const document = readDocument(text, this.#options.limits);
    return (await this.#loadPlanner()).add(key, text, document);
  }

  /** Resolves when what clients have stored is written: nothing runs in a function after its answer. */
  async written(): Promise<void> {
    await this.#options.stored?.written();
  }

  #checkSafelist({ query, documentId }: GraphQLParameters, id: string, client: string | undefined): void {
    const { safelist, log } = this.#options;
    if (documentId !== undefined) throw refused('PERSISTED_QUERY_NOT_IN_LIST');
    if (safelist === 'only') throw refused(query ? 'QUERY_NOT_IN_SAFELIST' : 'PERSISTED_QUERY_NOT_IN_LIST');
    if (safelist === 'log') log.warn('operation is not registered', { id, client });
  }

  async #storedText(hash = ''): Promise<string> {
    const { stored } = this.#options;
    if (!stored) throw refused('PERSISTED_QUERY_NOT_SUPPORTED');
    const text = await stored.get(hash);
    if (text === undefined) throw refused('PERSISTED_QUERY_NOT_FOUND');
    return text;
  }
}

/** A request may name its operation twice, if both name the same. */
function checkTextFits({ documentId, hash, query }: GraphQLParameters, registered: string | undefined): void {
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

const REFUSALS = {
  PERSISTED_QUERY_NOT_IN_LIST: { status: 400, message: 'No operation is registered under this id.' },
  QUERY_NOT_IN_SAFELIST: { status: 400, message: 'This operation is not registered, and no other may run here.' },
  // Clients of automatic persisted queries know these two messages: https://www.apollographql.com/docs/apollo-server/performance/apq
  PERSISTED_QUERY_NOT_FOUND: { status: 200, message: 'PersistedQueryNotFound' },
  PERSISTED_QUERY_NOT_SUPPORTED: { status: 200, message: 'PersistedQueryNotSupported' },
};

function refused(code: keyof typeof REFUSALS): GraphQLError {
  const { status, message } = REFUSALS[code];
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}
