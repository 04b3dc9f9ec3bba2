import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, executeSync, parse } from 'graphql';
import type { PermissionKey } from '../authorization/permissions.ts';
import { NOT_CACHED } from '../caching/cache-policy.ts';
import { usesDefer } from '../engine/plan/deferred-fragments.ts';
import { makeProgram, makeQueryPlan, operationOfDocument, selectOperation } from '../engine/plan/make-program.ts';
import type { Planner } from '../engine/plan/planner.ts';
import type { SupergraphModel } from '../engine/plan/supergraph.ts';
import { CompiledProgram } from '../engine/run/compiled-program.ts';
import type { ExecutionContext, ProgramResult } from '../engine/run/execution.ts';
import type { GraphQLResult } from '../http/response.ts';
import type { GatewayRequest } from '../request.ts';
import { usageKey } from '../telemetry/usage/usage-key.ts';
import { type Operation, type ProgramKey, programKey } from './operation.ts';
import type { OperationFacts } from './operation-facts.ts';
import { type PlanRequest, planRequest } from './plan-request.ts';
import type { FactReader } from './read-facts.ts';
import { maskedErrors, type RunProgram } from './run-program.ts';

/** A supergraph with its planner, and the function that runs programs. */
export interface PlanningGraph {
  model: SupergraphModel;
  planner: Planner;
  /** Undefined if operations have no facts, and run without restrictions. */
  facts: FactReader | undefined;
  /** Whether clients may request query plans. */
  showPlans: boolean;
  run: RunProgram;
}

/** An operation of a valid document, planned on its first run with each set of permissions. */
export class LazyOperation implements Operation {
  readonly kind: Operation['kind'];
  readonly facts: OperationFacts | undefined;
  /** Called after planning, when the size has grown. */
  onPlanned: () => void = () => {};
  readonly #text: string;
  readonly #operationName: string | undefined;
  readonly #name: string | undefined;
  readonly #graph: PlanningGraph;
  readonly #usesDefer: boolean;
  readonly #programs = new Map<ProgramKey, CompiledProgram>();
  #size: number;
  #usageKey: string | undefined;
  /** Dropped after planning: it takes far more memory than the text. */
  #document: DocumentNode | undefined;

  /** Throws a GraphQLError if the document has no such operation. */
  constructor(text: string, document: DocumentNode, operationName: string | undefined, graph: PlanningGraph) {
    const { operation, name } = operationOfDocument(selectOperation(document, operationName));
    this.kind = operation;
    this.facts = graph.facts?.of(document, operationName);
    this.#text = text;
    this.#document = document;
    this.#operationName = operationName;
    this.#name = name?.value;
    this.#graph = graph;
    this.#usesDefer = usesDefer(document);
    this.#size = text.length;
  }

  /** Size in characters of the text and all programs. */
  get size(): number {
    return this.#size;
  }

  get documentName(): string | undefined {
    return this.#name;
  }

  usage() {
    this.#usageKey ??= usageKey(this.#parsed(), this.#name);
    return { key: this.#usageKey };
  }

  run(request: GatewayRequest, permissions: PermissionKey): Promise<GraphQLResult> {
    return this.withPlan(request, async () => {
      const { errors, ...result } = await this.execute(request, permissions);
      return { ...result, errors: maskedErrors(errors) };
    });
  }

  /** Runs it; returns errors unmasked. */
  execute(request: GatewayRequest, permissions: PermissionKey): Promise<ProgramResult> {
    if (request.usage) this.usage();
    const key = programKey(permissions, this.#usesDefer && request.incremental !== undefined);
    request.explanation?.onProgram(this.#programs.has(key) ? 'cached' : 'planned');
    return this.#graph.run(this.#program(permissions, key), request, this.#introspect);
  }

  /** Runs it, and adds the query plan if the client requests it and may see it. */
  async withPlan({ http }: GatewayRequest, run: () => Promise<GraphQLResult>): Promise<GraphQLResult> {
    const { model, planner, showPlans } = this.#graph;
    const requested = showPlans ? planRequest(http) : undefined;
    if (!requested) return run();
    const plan = makeQueryPlan(this.#parsed(), this.#operationName, model, planner);
    const result = requested.isDryRun ? { data: null } : await run();
    return { ...result, caching: NOT_CACHED, extensions: PLAN_EXTENSIONS[requested.form](plan) };
  }

  #program(permissions: PermissionKey, key: ProgramKey): CompiledProgram {
    const known = this.#programs.get(key);
    if (known) return known;
    const { model, planner, facts } = this.#graph;
    const withhold = this.facts && facts?.withholdUnmet(this.facts, permissions);
    const program = makeProgram(this.#parsed(), this.#operationName, model, planner, {
      withhold,
      incremental: key !== permissions,
    });
    const compiled = new CompiledProgram(program);
    this.#programs.set(key, compiled);
    this.#size += JSON.stringify(program).length;
    this.#document = undefined;
    this.onPlanned();
    return compiled;
  }

  #parsed(): DocumentNode {
    return this.#document ?? parse(this.#text, { noLocation: true });
  }

  readonly #introspect: ExecutionContext['introspect'] = (operation, variableValues) => {
    const { data } = executeSync({ schema: this.#graph.model.schema, document: parse(operation), variableValues });
    return data ?? {};
  };
}

/** Extensions by the form of the plan. Apollo's tools expect `true` if there is nothing to fetch. */
const PLAN_EXTENSIONS: Record<PlanRequest['form'], (plan: QueryPlan) => Record<string, unknown>> = {
  gatewayText: (plan) => ({ __queryPlanExperimental: plan.node ? prettyFormatQueryPlan(plan) : true }),
  gatewayNodes: (plan) => ({ __queryPlanExperimental: plan }),
  router: (plan) => ({ apolloQueryPlan: { object: plan, text: prettyFormatQueryPlan(plan) } }),
};
