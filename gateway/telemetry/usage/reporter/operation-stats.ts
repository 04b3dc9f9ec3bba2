import { type IContextualizedStats, type IQueryLatencyStats, Trace } from '@apollo/usage-reporting-protobuf';
import type { UsageError } from '../usage-record.ts';
import { DurationHistogram } from './duration-histogram.ts';
import { ErrorStats } from './error-stats.ts';
import { FieldStats } from './field-stats.ts';
import { traceNodes } from './trace-nodes.ts';

/** Statistics of one operation by client; the rules are those of Apollo Server's usage reporting. */
export class OperationStats {
  readonly #clients = new Map<string, ClientStats>();

  /** Adds a request, with the errors of subgraphs that are not in its trace. */
  add(trace: Trace, subgraphErrors: readonly UsageError[]): void {
    const { clientName, clientVersion } = trace;
    const context = { clientName, clientVersion };
    const id = JSON.stringify(context);
    const stats = this.#clients.get(id) ?? new ClientStats(context);
    this.#clients.set(id, stats);
    stats.add(trace, subgraphErrors);
  }

  toArray(): IContextualizedStats[] {
    return [...this.#clients.values()].map((stats) => stats.toReport());
  }
}

/** The histogram of a cacheable response's lifetime, by scope. */
const LIFETIMES = {
  [Trace.CachePolicy.Scope.PUBLIC]: 'publicCacheTtlCount',
  [Trace.CachePolicy.Scope.PRIVATE]: 'privateCacheTtlCount',
  [Trace.CachePolicy.Scope.UNKNOWN]: undefined,
} as const;

/** Statistics of one operation of one client. */
class ClientStats {
  readonly #context: IContextualizedStats['context'];
  readonly #errors = new ErrorStats();
  readonly #fields = new FieldStats();
  readonly #durations = {
    latencyCount: new DurationHistogram(),
    publicCacheTtlCount: new DurationHistogram(),
    privateCacheTtlCount: new DurationHistogram(),
  };
  readonly #counts = {
    requestCount: 0,
    requestsWithoutFieldInstrumentation: 0,
    persistedQueryHits: 0,
    persistedQueryMisses: 0,
    registeredOperationCount: 0,
    forbiddenOperationCount: 0,
  };

  constructor(context: IContextualizedStats['context']) {
    this.#context = context;
  }

  add(trace: Trace, subgraphErrors: readonly UsageError[]): void {
    this.#count(trace);
    this.#durations.latencyCount.add(trace.durationNs);
    const { scope, maxAgeNs } = trace.cachePolicy ?? {};
    const lifetime = LIFETIMES[scope ?? Trace.CachePolicy.Scope.UNKNOWN];
    if (lifetime && maxAgeNs) this.#durations[lifetime].add(maxAgeNs);
    this.#addNodes(trace, subgraphErrors);
  }

  toReport(): IContextualizedStats {
    const queryLatencyStats: IQueryLatencyStats = {
      ...this.#counts,
      ...this.#durations,
      rootErrorStats: this.#errors.root,
      requestsWithErrorsCount: this.#errors.requests,
    };
    return { context: this.#context ?? null, queryLatencyStats, perTypeStat: this.#fields.perType() };
  }

  #count(trace: Trace): void {
    const counts = this.#counts;
    counts.requestCount++;
    if (!trace.fieldExecutionWeight) counts.requestsWithoutFieldInstrumentation++;
    if (trace.persistedQueryHit) counts.persistedQueryHits++;
    if (trace.persistedQueryRegister) counts.persistedQueryMisses++;
    if (trace.registeredOperation) counts.registeredOperationCount++;
    if (trace.forbiddenOperation) counts.forbiddenOperationCount++;
  }

  #addNodes(trace: Trace, subgraphErrors: readonly UsageError[]): void {
    const errors = subgraphErrors.map(({ service, path }) => [
      `service:${service}`,
      ...path.filter((step) => typeof step === 'string'),
    ]);
    for (const { node, path } of traceNodes(trace)) {
      for (const _ of node.error ?? []) errors.push([...path]);
      if (trace.fieldExecutionWeight) this.#fields.add(node, trace.fieldExecutionWeight);
    }
    this.#errors.add(errors);
  }
}
