import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import type { CallObserver, ObservedCall } from '../../engine/call-observer.ts';
import { fetchLevels } from '../../engine/fetch-levels.ts';
import type { Program } from '../../engine/program.ts';
import type { GraphQLParameters } from '../../http/graphql-parameters.ts';
import type { PlannedFetch, SubgraphCallRecord, UsageOperation, UsageRecord } from './usage-record.ts';

type Errors = readonly Pick<GraphQLFormattedError, 'path' | 'extensions'>[];

/** Collects the usage of one operation for Apollo Studio. */
export class OperationUsage implements CallObserver {
  /** Whether subgraphs should return federated traces. */
  readonly wantsTraces: boolean;
  cache: UsageRecord['cache'];
  /** Undefined if the request has no operation. */
  #operation: UsageOperation | undefined;
  #persistedQuery: UsageRecord['persistedQuery'];
  #isForbidden = false;
  #weight: number;
  readonly #startedAt = Date.now();
  readonly #began = monotonicNow();
  readonly #calls: SubgraphCallRecord[] = [];
  #plan: PlannedFetch[] = [];
  #errors: Errors = [];

  /** A `share` of operations, from 0 to 1, is traced: those with a smaller `chance`. */
  constructor(share: number, chance = Math.random()) {
    this.wantsTraces = chance < share;
    this.#weight = this.wantsTraces ? 1 / share : 0;
  }

  onPlan({ fetches }: Program): void {
    if (!this.wantsTraces) return;
    const levels = fetchLevels(fetches);
    this.#plan = fetches.map(({ service, path }, index) => ({
      service,
      path: path.filter((step) => typeof step === 'string'),
      level: levels[index] ?? 0,
    }));
  }

  async onCall({ service, fetches }: ObservedCall, pending: Promise<SubgraphResponse>): Promise<SubgraphResponse> {
    if (!this.wantsTraces) return pending;
    const sentAfter = monotonicNow() - this.#began;
    const call: SubgraphCallRecord = { service, fetches, sentAt: Date.now(), sentAfter, receivedAt: 0 };
    this.#calls.push(call);
    try {
      const response = await pending;
      const trace = response.extensions?.ftv1;
      if (typeof trace === 'string') call.trace = trace;
      return response;
    } finally {
      call.receivedAt = Date.now();
    }
  }

  /** Sets the operation that the request named by its text, its hash or its id. */
  found(operation: UsageOperation, { hash, query }: Pick<GraphQLParameters, 'hash' | 'query'>): void {
    this.#operation = operation;
    if (hash && 'key' in operation) this.#persistedQuery = query ? 'register' : 'hit';
  }

  /** Sets the key of an operation that the safelist rejected. */
  forbidden(key: string | undefined): void {
    this.unreadable(key);
    this.#isForbidden = true;
  }

  /** Sets the key of a request without a valid operation; undefined if Studio has none. */
  unreadable(key: string | undefined): void {
    if (key) this.#operation = { key };
    this.#weight = 0;
  }

  /** Adds errors of the response. */
  failed(errors: Errors): void {
    this.#errors = [...this.#errors, ...errors];
  }

  /** Returns the record of the completed operation; undefined if no operation was found. */
  record(client: Pick<UsageRecord, 'method' | 'clientName' | 'clientVersion'>): UsageRecord | undefined {
    if (!this.#operation) return undefined;
    return {
      operation: this.#operation,
      startedAt: this.#startedAt,
      milliseconds: monotonicNow() - this.#began,
      ...client,
      ...(this.cache && { cache: this.cache }),
      ...(this.#persistedQuery && { persistedQuery: this.#persistedQuery }),
      ...(this.#isForbidden && { isForbidden: true }),
      weight: this.#weight,
      errors: this.#errors.map(({ path = [], extensions }) => {
        const service = extensions?.serviceName;
        return { path, ...(typeof service === 'string' && { service }) };
      }),
      plan: this.#plan,
      calls: this.#calls,
    };
  }
}

/** Parses a share from 0 to 1. */
export function shareFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new Error(`The share of traced operations must be from 0 to 1, not "${text}"`);
}
