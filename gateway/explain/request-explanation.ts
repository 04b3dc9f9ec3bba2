import { GraphQLError } from 'graphql/error/index.js';
import type { SubgraphRequest, SubgraphResponse } from '#platform/graphql/envelope.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import type { ExplainedCall, ExplainedFetch, Explanation, FunctionRun } from '#platform/telemetry/explanation.ts';
import type { CallObserver, ObservedCall } from '../engine/call-observer.ts';
import type { Program } from '../engine/program.ts';
import { SubgraphFailure } from '../engine/run/subgraph-failure.ts';
import { estimateCost } from '../limits/estimate-cost.ts';
import type { OperationFacts } from '../operations/operation-facts.ts';
import { explainedFetches } from './explained-fetches.ts';

/** The members of an Operation that its explanation shows. */
interface ExplainedOperation {
  kind: Explanation['operation']['kind'];
  documentName?: string | undefined;
  facts: OperationFacts | undefined;
}

/** Collects the explanation of one request. */
export class RequestExplanation implements CallObserver {
  readonly #mode: string;
  readonly #costLimit: number;
  readonly #began = monotonicNow();
  readonly #calls: ExplainedCall[] = [];
  #operation: Explanation['operation'] | undefined;
  #plan: ExplainedFetch[] = [];

  /** `mode` is the value of the header `x-explain`: `run`, or `plan` to not run the operation. */
  constructor(mode: string, costLimit: number) {
    this.#mode = mode;
    this.#costLimit = costLimit;
  }

  get isPlanOnly(): boolean {
    return this.#mode === 'plan';
  }

  /** Called before the operation is admitted. Throws a GraphQLError for an unknown mode: the client may not want it to run. */
  onOperation({ kind, documentName, facts }: ExplainedOperation, variables: Record<string, unknown>): void {
    if (this.#mode !== 'run' && this.#mode !== 'plan') throw unknownMode(this.#mode);
    this.#operation = {
      ...(documentName && { name: documentName }),
      kind,
      plan: 'planned',
      ...(facts && { cost: { estimate: estimateCost(facts.cost, variables), limit: this.#costLimit } }),
    };
  }

  /** Called with the origin of the operation's program. */
  onProgram(plan: Explanation['operation']['plan']): void {
    if (this.#operation) this.#operation.plan = plan;
  }

  onPlan(program: Program): void {
    this.#plan = explainedFetches(program);
  }

  async onCall(observed: ObservedCall, pending: Promise<SubgraphResponse>): Promise<SubgraphResponse> {
    const call = this.#newCall(observed);
    this.#calls.push(call);
    try {
      const response = await pending;
      call.ended = this.#now();
      return this.#received(call, response);
    } catch (error) {
      call.error = error instanceof SubgraphFailure ? error.code : 'SUBGRAPH_UNAVAILABLE';
      throw error;
    } finally {
      call.ended ||= this.#now();
    }
  }

  /** Returns the explanation of the completed request; undefined if no operation was found. */
  complete(
    { requestId, traceparent }: Pick<SubgraphRequest, 'requestId' | 'traceparent'>,
    gateway: FunctionRun,
  ): Explanation | undefined {
    if (!this.#operation) return undefined;
    return { requestId, traceparent, operation: this.#operation, plan: this.#plan, calls: this.#calls, gateway };
  }

  #newCall({ service, operation, variables, fetches }: ObservedCall): ExplainedCall {
    return {
      service,
      fetches,
      query: JSON.parse(`{${operation.members}}`).query,
      variables: JSON.parse(variables),
      began: this.#now(),
      ended: 0,
      requestBytes: Buffer.byteLength(`{${operation.members},"variables":${variables}}`),
      responseBytes: 0,
    };
  }

  /** Adds the facts of a response to its call; returns the response without its FunctionRun. */
  #received(call: ExplainedCall, response: SubgraphResponse): SubgraphResponse {
    const { extensions, ...result } = response;
    const { explain, ...others } = extensions ?? {};
    const own = Object.keys(others).length > 0 ? { ...result, extensions: others } : result;
    if (isFunctionRun(explain)) call.function = explain;
    call.responseBytes = Buffer.byteLength(JSON.stringify(own));
    const [first = 0] = call.fetches;
    if (this.#plan[first]?.requires !== undefined) call.entities = entityCount(own);
    return own;
  }

  #now(): number {
    return monotonicNow() - this.#began;
  }
}

/** Returns the number of objects that an entity call returned, alone or merged with others. */
function entityCount({ data }: SubgraphResponse): number {
  const lists = Object.values(data ?? {}).filter(Array.isArray);
  return lists.flat().filter((entity) => entity !== null).length;
}

/** An HTTP subgraph may have an extension of the same name. */
function isFunctionRun(value: unknown): value is FunctionRun {
  const { name, run, tables } = (value ?? {}) as Partial<FunctionRun>;
  return typeof name === 'string' && typeof run === 'number' && Array.isArray(tables);
}

function unknownMode(mode: string): GraphQLError {
  const message = `The header x-explain must be "run" or "plan", not ${JSON.stringify(mode.slice(0, 20))}.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}
