import type { GraphQLError } from 'graphql';
import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import { type CompiledFetch, type CompiledProgram, doAllHold, type View } from './compiled-program.ts';
import { ErrorReport } from './error-report.ts';
import { Departures } from './fetch-scheduler.ts';
import { gather, type JoinPart, mergeEntities } from './join.ts';
import { applyRenames } from './renames.ts';
import { type Entity, isEntity } from './representation.ts';
import { collect } from './response-data.ts';
import { SubgraphErrors } from './subgraph-errors.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import { partKey, partVariable, type SubgraphOperation } from './subgraph-operation.ts';
import type { Variables } from './variables.ts';

/** What a run of a program needs of the world. */
export interface Surroundings {
  /**
   * Sends an operation to a subgraph for some of the program's fetches, with its variables as JSON text; rejects with a
   * SubgraphFailure.
   */
  send: (
    service: string,
    operation: SubgraphOperation,
    variables: string,
    fetches: number[],
  ) => Promise<SubgraphResponse>;
  /** The most that subgraphs are asked for; no bounds if it is left out. */
  bounds?: Bounds;
  /** Answers questions about the schema. */
  introspect: (operation: string, variables: Readonly<Record<string, unknown>>) => Entity;
}

/** The most that one operation may ask of subgraphs. */
export interface Bounds {
  /** Entities in one call. */
  representations: number;
  calls: number;
}

/** What the client gets. */
export interface ProgramAnswer {
  data: Entity | null;
  errors: GraphQLError[];
}

/** Runs a program once. Throws a GraphQLError if the variables are not valid. */
export async function execute(
  compiled: CompiledProgram,
  given: Readonly<Record<string, unknown>>,
  surroundings: Surroundings,
): Promise<ProgramAnswer> {
  const variables = compiled.readVariables(given);
  const { introspection } = compiled.program;
  const introspected = introspection ? surroundings.introspect(introspection, given) : {};
  const view = compiled.view(variables.values);
  const execution = new Execution(compiled, variables, view, surroundings);
  await execution.run();
  const { report, data } = execution;
  const answer = view.projection.complete(data, { path: [], report, introspected });
  return { data: answer, errors: report.errors };
}

interface InFlight {
  service: string;
  members: string;
  variables: string;
  answer: Promise<SubgraphResponse>;
}

/** One run: fetches start when what they need is there, and those that share a call wait for each other. */
class Execution {
  readonly data: Entity = {};
  readonly report = new ErrorReport();
  readonly #compiled: CompiledProgram;
  readonly #variables: Variables;
  readonly #errors: SubgraphErrors;
  readonly #send: Surroundings['send'];
  readonly #bounds: Bounds | undefined;
  #calls = 0;
  readonly #departures: Departures;
  /** Queries in flight: the same is sent once. */
  readonly #inFlight = new Set<InFlight>();
  /** How many fetches each still waits for. */
  readonly #waitsFor: number[];
  #unfinished: number;
  #finish: (() => void) | undefined;
  #fail: ((error: unknown) => void) | undefined;

  constructor(compiled: CompiledProgram, variables: Variables, { root }: View, { send, bounds }: Surroundings) {
    this.#compiled = compiled;
    this.#variables = variables;
    this.#send = send;
    this.#bounds = bounds;
    this.#errors = new SubgraphErrors(this.report, this.data, compiled.program, root);
    this.#departures = new Departures(compiled.callSizes, (fetches) => this.#leave(fetches));
    this.#waitsFor = compiled.fetches.map(({ fetch }) => fetch.after.length);
    this.#unfinished = compiled.fetches.length;
  }

  run(): Promise<void> {
    if (this.#unfinished === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
      for (const fetch of this.#compiled.fetches) if (fetch.fetch.after.length === 0) this.#ready(fetch);
    });
  }

  #ready(fetch: CompiledFetch): void {
    if (doAllHold(fetch.fetch.when, this.#variables.values)) this.#departures.arrive(fetch);
    else {
      this.#departures.stayAway(fetch);
      this.#done([fetch]);
    }
  }

  #leave(fetches: CompiledFetch[]): void {
    const [first] = fetches;
    if (!first) return;
    const call = first.fetch.entities ? this.#join(fetches) : this.#fetchRoot(first);
    call.then(() => this.#done(fetches)).catch((error: unknown) => this.#fail?.(error));
  }

  #done(fetches: CompiledFetch[]): void {
    this.#unfinished -= fetches.length;
    for (const { dependents } of fetches) {
      for (const index of dependents) {
        const fetch = this.#compiled.fetches[index];
        this.#waitsFor[index] = (this.#waitsFor[index] ?? 0) - 1;
        if (fetch && this.#waitsFor[index] === 0) this.#ready(fetch);
      }
    }
    if (this.#unfinished === 0) this.#finish?.();
  }

  async #fetchRoot({ fetch, operation, index }: CompiledFetch): Promise<void> {
    const targets: Entity[] = [];
    collect(this.data, fetch.path, targets);
    if (targets.length === 0) return;
    const variables = `{${this.#sent(fetch.variables).join()}}`;
    try {
      const response = await this.#sendOnce(fetch.service, operation, variables, [index]);
      if (isEntity(response.data)) {
        applyRenames(fetch.renames ?? [], response.data);
        for (const target of targets) this.#compiled.merger.merge(target, response.data);
      }
      this.#errors.fromRoot(fetch, response.errors ?? []);
    } catch (error) {
      this.#errors.fromFailure(error, [fetch]);
    }
  }

  async #join(fetches: CompiledFetch[]): Promise<void> {
    const parts = gather(fetches, this.data);
    const [first] = parts[0]?.joins ?? [];
    if (!first) return;
    if (parts.length > 1) for (const [index, part] of parts.entries()) part.key = partKey(index);
    const carried = parts.flatMap(({ joins }) => joins.map(({ fetch }) => fetch));
    const ofParts = parts.flatMap(({ joins }) => joins.slice(0, 1).map(({ fetch }) => fetch));
    try {
      this.#checkEntities(parts);
      const response = await this.#sendOnce(
        first.fetch.fetch.service,
        this.#compiled.operationFor(ofParts),
        this.#joinVariables(parts),
        carried.map(({ index }) => index),
      );
      for (const part of parts) this.#merge(part, response);
      this.#errors.fromJoins(parts, response.errors ?? []);
    } catch (error) {
      const concerned = carried.map(({ fetch }) => fetch);
      this.#errors.fromFailure(error, concerned);
    }
  }

  #checkEntities(parts: JoinPart[]): void {
    const asked = parts.reduce((sum, { representations }) => sum + representations.size, 0);
    const most = this.#bounds?.representations ?? Number.POSITIVE_INFINITY;
    if (asked > most) throw tooMuch(`would be asked for ${asked} entities at once: at most ${most} are allowed.`);
  }

  #merge(part: JoinPart, response: SubgraphResponse): void {
    if (mergeEntities(part, response, this.#compiled.merger) || response.errors?.length) return;
    throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'gave an answer without the entities that were asked for.');
  }

  #joinVariables(parts: JoinPart[]): string {
    const used = new Set(parts.flatMap(({ joins }) => joins[0]?.fetch.fetch.variables ?? []));
    const own = parts.flatMap(({ representations, context }, index) => {
      const nameOf = (name: string) => (parts.length > 1 ? partVariable(name, index) : name);
      const values = [...context].map(([name, value]) => `"${nameOf(name)}":${value}`);
      return [...values, `"${nameOf('representations')}":${representations.text}`];
    });
    return `{${[...this.#sent([...used]), ...own].join()}}`;
  }

  #sent(names: string[]): string[] {
    return names.flatMap((name) => this.#variables.sent.get(name) ?? []);
  }

  #sendOnce(
    service: string,
    operation: SubgraphOperation,
    variables: string,
    fetches: number[],
  ): Promise<SubgraphResponse> {
    const most = this.#bounds?.calls ?? Number.POSITIVE_INFINITY;
    if (++this.#calls > most)
      return Promise.reject(tooMuch(`would be called more than the ${most} times that are allowed.`));
    if (operation.kind === 'mutation') return this.#send(service, operation, variables, fetches);
    const { members } = operation;
    for (const each of this.#inFlight)
      if (each.service === service && each.members === members && each.variables === variables) return each.answer;
    const answer = this.#send(service, operation, variables, fetches);
    const inFlight = { service, members, variables, answer };
    this.#inFlight.add(inFlight);
    const landed = () => this.#inFlight.delete(inFlight);
    answer.then(landed, landed);
    return answer;
  }
}

function tooMuch(message: string): SubgraphFailure {
  return new SubgraphFailure('OPERATION_TOO_LARGE', `${message} Ask for less.`);
}
