import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphResponse } from '#platform/envelope.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import type { CallWatch } from '../engine/call-watch.ts';
import type { ProgramFetch } from '../engine/program.ts';
import type { PlannedFetch, SubgraphCallRecord, UsageOperation, UsageRecord } from './usage-record.ts';

type Errors = readonly Pick<GraphQLFormattedError, 'path' | 'extensions'>[];

/** What happens in one operation, for Apollo Studio. */
export class OperationUsage implements CallWatch {
  /** Whether subgraphs are to say how long each field took. */
  readonly wantsTraces: boolean;
  /** Undefined for a request that has not come to an operation. */
  operation: UsageOperation | undefined;
  cache: UsageRecord['cache'];
  readonly #weight: number;
  readonly #startedAt = Date.now();
  readonly #began = monotonicNow();
  readonly #calls: SubgraphCallRecord[] = [];
  #plan: PlannedFetch[] = [];
  #errors: Errors = [];

  /** `share` of operations, from 0 to 1, are traced; `chance` says whether this one is. */
  constructor(share: number, chance = Math.random()) {
    this.wantsTraces = chance < share;
    this.#weight = this.wantsTraces ? 1 / share : 0;
  }

  planned(fetches: readonly ProgramFetch[]): void {
    const levels: number[] = [];
    for (const [index, { after }] of fetches.entries())
      levels[index] = Math.max(-1, ...after.map((each) => levels[each] ?? 0)) + 1;
    this.#plan = fetches.map(({ service, path }, index) => ({
      service,
      path: path.filter((step) => typeof step === 'string'),
      level: levels[index] ?? 0,
    }));
  }

  async follow(service: string, fetches: number[], sent: Promise<SubgraphResponse>): Promise<SubgraphResponse> {
    const sentAfter = monotonicNow() - this.#began;
    const call: SubgraphCallRecord = { service, fetches, sentAt: Date.now(), sentAfter, receivedAt: 0 };
    this.#calls.push(call);
    try {
      const response = await sent;
      const trace = response.extensions?.ftv1;
      if (typeof trace === 'string') call.trace = trace;
      return response;
    } finally {
      call.receivedAt = Date.now();
    }
  }

  /** The client is told of these. */
  failed(errors: Errors): void {
    this.#errors = errors;
  }

  /** All that is known when the answer is there; undefined where there was no operation. */
  record(client: Pick<UsageRecord, 'method' | 'clientName' | 'clientVersion'>): UsageRecord | undefined {
    if (!this.operation) return undefined;
    const traced = new Set(this.#calls.flatMap(({ service, trace }) => (trace ? [service] : [])));
    return {
      operation: this.operation,
      startedAt: this.#startedAt,
      milliseconds: monotonicNow() - this.#began,
      ...client,
      ...(this.cache && { cache: this.cache }),
      weight: this.#weight,
      errors: this.#errors
        .filter(({ extensions }) => !traced.has(String(extensions?.serviceName)))
        .map(({ path = [] }) => path),
      plan: this.#plan,
      calls: this.#calls,
    };
  }
}

/** The share that a text says, from 0 to 1. */
export function shareFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new Error(`The share of operations that are traced is "${text}": it must be from 0 to 1`);
}
