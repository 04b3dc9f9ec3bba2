import type { ITypeStat, Trace } from '@apollo/usage-reporting-protobuf';
import { DurationHistogram } from './duration-histogram.ts';

/** Executions of a field. */
interface FieldStat {
  returnType: string;
  errorsCount: number;
  observedExecutionCount: number;
  estimatedExecutionCount: number;
  requestsWithErrorsCount: number;
  latencyCount: DurationHistogram;
}

/** Counts the executions of fields in the traces of subgraphs. */
export class FieldStats {
  readonly #types = new Map<string, Map<string, FieldStat>>();

  /** Adds a field of an operation that represents `weight` operations. */
  add(
    { parentType, originalFieldName, responseName, type, startTime, endTime, error }: Trace.INode,
    weight: number,
  ): void {
    const name = originalFieldName || responseName;
    // The nodes of list items and of the root are no fields.
    if (!parentType || !name || !type || startTime == null || endTime == null || endTime < startTime) return;
    const errors = error?.length ?? 0;
    const stat = this.#statOf(parentType, name, type);
    stat.errorsCount += errors;
    stat.observedExecutionCount++;
    stat.estimatedExecutionCount += weight;
    stat.requestsWithErrorsCount += errors > 0 ? 1 : 0;
    stat.latencyCount.add(endTime - startTime, weight);
  }

  /** Returns the statistics by type and field. */
  perType(): Record<string, ITypeStat> {
    return record(this.#types, (fields) => ({
      perFieldStat: record(fields, (stat) => ({
        ...stat,
        estimatedExecutionCount: Math.floor(stat.estimatedExecutionCount),
      })),
    }));
  }

  #statOf(parentType: string, name: string, returnType: string): FieldStat {
    const fields = this.#types.get(parentType) ?? new Map<string, FieldStat>();
    this.#types.set(parentType, fields);
    const stat = fields.get(name) ?? newStat(returnType);
    fields.set(name, stat);
    return stat;
  }
}

function newStat(returnType: string): FieldStat {
  return {
    returnType,
    errorsCount: 0,
    observedExecutionCount: 0,
    estimatedExecutionCount: 0,
    requestsWithErrorsCount: 0,
    latencyCount: new DurationHistogram(),
  };
}

function record<T, U>(map: ReadonlyMap<string, T>, convert: (value: T) => U): Record<string, U> {
  return Object.fromEntries([...map].map(([key, value]) => [key, convert(value)]));
}
