import type { GraphQLError } from 'graphql';
import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import { type CompiledFetch, type CompiledProgram, conditionsHold, type View } from './compiled-program.ts';
import { withoutDelivered } from './delivered-data.ts';
import { FetchScheduler } from './fetch-scheduler.ts';
import { deferredIn, deliverIncrementally, type IncrementalDelivery, nestedIn } from './incremental-delivery.ts';
import { gatherJoins, type JoinPart, mergeEntities } from './join.ts';
import type { DeferredObject } from './projection.ts';
import { applyRenames } from './renames.ts';
import { type Entity, isEntity } from './representation.ts';
import { collectEntities } from './response-data.ts';
import { ResponseParts } from './response-parts.ts';
import { SubgraphErrors } from './subgraph-errors.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import { partKey, partVariable, type SubgraphOperation } from './subgraph-operation.ts';
import type { Variables } from './variables.ts';

/** Dependencies of an execution. */
export interface ExecutionContext {
  /**
   * Sends an operation to a subgraph, with variables as JSON text and the indexes of the fetches that it serves; rejects
   * with a SubgraphFailure.
   */
  send: (
    service: string,
    operation: SubgraphOperation,
    variables: string,
    fetches: number[],
  ) => Promise<SubgraphResponse>;
  /** Unlimited by default. */
  bounds?: Bounds;
  /** Executes an introspection operation. */
  introspect: (operation: string, variables: Readonly<Record<string, unknown>>) => Entity;
}

/** Limits of the subgraph calls of one operation. */
export interface Bounds {
  /** Maximum number of entities in one call. */
  representations: number;
  calls: number;
}

/** The result for the client. */
export interface ProgramResult {
  data: Entity | null;
  errors: GraphQLError[];
  /** Deferred fragments, which follow. */
  incremental?: IncrementalDelivery;
  /** Set for a subscription that has started. */
  topic?: SubscriptionTopic;
}

/** The events that a subscription gets: those of its field with this topic. */
export interface SubscriptionTopic {
  field: string;
  topic: string;
}

/** Executes a program. Throws a GraphQLError if the variables are not valid. */
export async function execute(
  compiled: CompiledProgram,
  inputs: Readonly<Record<string, unknown>>,
  context: ExecutionContext,
): Promise<ProgramResult> {
  const variables = compiled.coerceVariables(inputs);
  const { introspection } = compiled.program;
  const introspected = introspection ? context.introspect(introspection, inputs) : {};
  const view = compiled.view(variables.values);
  const execution = new Execution(compiled, variables, view, context);
  await execution.run();
  const report = execution.errors.initial;
  const deferred: DeferredObject[] = [];
  const completion = { path: [], report, introspected, ...(view.deferred.size > 0 && { deferred }) };
  const data = view.projection.complete(execution.data, completion);
  const later = deferredIn(data, deferred);
  if (later.length === 0) return { data, errors: report.errors };
  const incremental = deliverIncrementally(later, {
    labelOf: (index) => compiled.program.deferred?.[index]?.label,
    isReady: (index) => execution.isReady(index),
    oneReady: (indexes) => execution.oneReady(indexes),
    complete: (object) => completeDeferred(object, execution, view, introspected),
  });
  return { data, errors: report.errors, incremental };
}

function completeDeferred(object: DeferredObject, { errors }: Execution, { projection }: View, introspected: Entity) {
  const report = errors.deferredReport(object.deferred, object.path);
  const deferred: DeferredObject[] = [];
  const data = projection.completeDeferred(object, { path: [], report, introspected, deferred });
  const rest = data && withoutDelivered(data, object.delivered);
  return { data: rest, errors: report.errors, nested: nestedIn(data, deferred, object) };
}

interface InFlight {
  service: string;
  members: string;
  variables: string;
  response: Promise<SubgraphResponse>;
}

/** One execution: fetches start when their dependencies are complete, and those that share a call wait for each other. */
class Execution {
  readonly data: Entity = {};
  readonly errors: SubgraphErrors;
  readonly #compiled: CompiledProgram;
  readonly #variables: Variables;
  readonly #send: ExecutionContext['send'];
  readonly #bounds: Bounds | undefined;
  #calls = 0;
  readonly #scheduler: FetchScheduler;
  /** Queries in flight, to send identical ones once. */
  readonly #inFlight = new Set<InFlight>();
  /** Number of incomplete dependencies by fetch. */
  readonly #pendingDependencies: number[];
  readonly #parts: ResponseParts;

  constructor(compiled: CompiledProgram, variables: Variables, view: View, { send, bounds }: ExecutionContext) {
    this.#compiled = compiled;
    this.#variables = variables;
    this.#send = send;
    this.#bounds = bounds;
    this.errors = new SubgraphErrors(this.data, compiled.program, view);
    this.#scheduler = new FetchScheduler(compiled.callSizes, (fetches) => this.#startCall(fetches));
    this.#pendingDependencies = compiled.fetches.map(({ fetch }) => fetch.after.length);
    this.#parts = new ResponseParts(compiled.program.fetches, view.deferred);
  }

  /** Starts all fetches; resolves when the initial response is complete. */
  run(): Promise<void> {
    for (const fetch of this.#compiled.fetches) if (fetch.fetch.after.length === 0) this.#schedule(fetch);
    return this.#parts.initial();
  }

  /** Whether all fetches of a deferred fragment are complete. */
  isReady(deferred: number): boolean {
    return this.#parts.isReady(deferred);
  }

  /** Resolves when one of the deferred fragments is ready. */
  oneReady(deferred: number[]): Promise<void> {
    return this.#parts.oneReady(deferred);
  }

  #schedule(fetch: CompiledFetch): void {
    if (conditionsHold(fetch.fetch.when, this.#variables.values)) this.#scheduler.add(fetch);
    else {
      this.#scheduler.skip(fetch);
      this.#complete([fetch]);
    }
  }

  #startCall(fetches: CompiledFetch[]): void {
    const [first] = fetches;
    if (!first) return;
    const call = first.fetch.entities ? this.#join(fetches) : this.#fetchRoot(first);
    call.then(() => this.#complete(fetches)).catch((error: unknown) => this.#parts.fail(error));
  }

  #complete(fetches: CompiledFetch[]): void {
    for (const { dependents } of fetches) {
      for (const index of dependents) {
        const fetch = this.#compiled.fetches[index];
        this.#pendingDependencies[index] = (this.#pendingDependencies[index] ?? 0) - 1;
        if (fetch && this.#pendingDependencies[index] === 0) this.#schedule(fetch);
      }
    }
    for (const { fetch } of fetches) this.#parts.complete(fetch);
  }

  async #fetchRoot({ fetch, operation, index }: CompiledFetch): Promise<void> {
    const targets: Entity[] = [];
    collectEntities(this.data, fetch.path, targets);
    if (targets.length === 0) return;
    const variables = `{${this.#clientVariables(fetch.variables).join()}}`;
    try {
      const response = await this.#sendOnce(fetch.service, operation, variables, [index]);
      if (isEntity(response.data)) {
        applyRenames(fetch.renames ?? [], response.data);
        for (const target of targets) this.#compiled.merger.merge(target, response.data);
      }
      this.errors.addRootErrors(fetch, response.errors ?? []);
    } catch (error) {
      this.errors.addFailure(error, [fetch]);
    }
  }

  async #join(fetches: CompiledFetch[]): Promise<void> {
    const parts = gatherJoins(fetches, this.data);
    const [first] = parts[0]?.joins ?? [];
    if (!first) return;
    if (parts.length > 1) for (const [index, part] of parts.entries()) part.key = partKey(index);
    const sharing = parts.flatMap(({ joins }) => joins.map(({ fetch }) => fetch));
    const firstOfParts = parts.flatMap(({ joins }) => joins.slice(0, 1).map(({ fetch }) => fetch));
    try {
      this.#checkEntities(parts);
      const response = await this.#sendOnce(
        first.fetch.fetch.service,
        this.#compiled.operationFor(firstOfParts),
        this.#joinVariables(parts),
        sharing.map(({ index }) => index),
      );
      for (const part of parts) this.#merge(part, response);
      this.errors.addEntityErrors(parts, response.errors ?? []);
    } catch (error) {
      this.errors.addFailure(
        error,
        sharing.map(({ fetch }) => fetch),
      );
    }
  }

  #checkEntities(parts: JoinPart[]): void {
    const count = parts.reduce((sum, { representations }) => sum + representations.size, 0);
    const maximum = this.#bounds?.representations ?? Number.POSITIVE_INFINITY;
    if (count > maximum)
      throw operationTooLarge(`would receive ${count} entities in one call, more than the maximum of ${maximum}.`);
  }

  #merge(part: JoinPart, response: SubgraphResponse): void {
    if (mergeEntities(part, response, this.#compiled.merger) || response.errors?.length) return;
    throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'returned a response without the requested entities.');
  }

  #joinVariables(parts: JoinPart[]): string {
    const used = new Set(parts.flatMap(({ joins }) => joins[0]?.fetch.fetch.variables ?? []));
    const own = parts.flatMap(({ representations, context }, index) => {
      const nameOf = (name: string) => (parts.length > 1 ? partVariable(name, index) : name);
      const values = [...context].map(([name, value]) => `"${nameOf(name)}":${value}`);
      return [...values, `"${nameOf('representations')}":${representations.text}`];
    });
    return `{${[...this.#clientVariables([...used]), ...own].join()}}`;
  }

  #clientVariables(names: string[]): string[] {
    return names.flatMap((name) => this.#variables.jsonMembers.get(name) ?? []);
  }

  #sendOnce(
    service: string,
    operation: SubgraphOperation,
    variables: string,
    fetches: number[],
  ): Promise<SubgraphResponse> {
    const maximum = this.#bounds?.calls ?? Number.POSITIVE_INFINITY;
    if (++this.#calls > maximum)
      return Promise.reject(operationTooLarge(`would be called after the maximum of ${maximum} subgraph calls.`));
    if (operation.kind === 'mutation') return this.#send(service, operation, variables, fetches);
    const { members } = operation;
    for (const each of this.#inFlight)
      if (each.service === service && each.members === members && each.variables === variables) return each.response;
    const response = this.#send(service, operation, variables, fetches);
    const inFlight = { service, members, variables, response };
    this.#inFlight.add(inFlight);
    const remove = () => this.#inFlight.delete(inFlight);
    response.then(remove, remove);
    return response;
  }
}

function operationTooLarge(message: string): SubgraphFailure {
  return new SubgraphFailure('OPERATION_TOO_LARGE', `${message} Request fewer objects.`);
}
