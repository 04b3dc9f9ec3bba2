import { prettyFormatQueryPlan } from '@apollo/query-planner';
import type {
  GatewayExecutionResult,
  GatewayGraphQLRequestContext,
  GatewayInterface,
  GatewayLoadResult,
  GatewaySchemaLoadOrUpdateCallback,
  GatewayUnsubscriber,
} from '@apollo/server-gateway-interface';
import { type DocumentNode, executeSync, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { SubgraphResponse } from '#platform/envelope.ts';
import { type CallWatch, watchedSend } from './call-watch.ts';
import { Planner } from './plan/planner.ts';
import { planOf, programOf, type Withhold } from './plan/program-of.ts';
import { readSupergraph, type SupergraphModel } from './plan/supergraph.ts';
import { CompiledProgram } from './run/compiled-program.ts';
import { type Bounds, execute, type Surroundings } from './run/execution.ts';
import type { Entity } from './run/representation.ts';
import type { SubgraphOperation } from './run/subgraph-operation.ts';

export interface EngineOptions<Context> {
  supergraphSdl: string;
  /** Makes what sends operations to a subgraph. */
  subgraph: (name: string, address: string) => SendToSubgraph<Context>;
  /** Whether a client may see the plan of its operation. */
  showPlans: boolean;
  /** The most that one operation may ask of subgraphs. */
  bounds?: Bounds;
  /** Who hears of the calls for a request; nobody where it is left out. */
  watch?: (context: Context) => CallWatch | undefined;
  /** Makes what stands before the planner; nothing does where it is left out. */
  guard?: (supergraph: DocumentNode, schema: GraphQLSchema) => Guard<Context>;
}

/** Says what of an operation may be run for whom. Throws a GraphQLError for one that is refused whole. */
export type Guard<Context> = (request: {
  /** The same for the same document and operation name. */
  key: string;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  context: Context;
}) => {
  /** The same for all who may see the same of the operation. */
  key: string;
  withhold: Withhold;
  /** How long the answer may be kept, if anything says so. */
  caching?: { maxAge: number; scope: 'PUBLIC' | 'PRIVATE' };
};

/** Sends an operation to one subgraph, variables as JSON text; rejects with a SubgraphFailure. */
export type SendToSubgraph<Context> = (
  operation: SubgraphOperation,
  variables: string,
  context: Context,
) => Promise<SubgraphResponse>;

/** Characters of JSON of all programs that are kept: compiled they take some four times as many bytes. */
const MAX_CACHED = 10_000_000;

/** The gateway behind Apollo Server: Apollo's planner plans an operation, and what it planned is compiled and run here. */
export class Engine<Context extends object> implements GatewayInterface {
  readonly #options: EngineOptions<Context>;
  readonly #listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  readonly #senders = new Map<string, SendToSubgraph<Context>>();
  readonly #programs = new LRUCache<string, CompiledProgram>({ maxSize: MAX_CACHED });

  constructor(options: EngineOptions<Context>) {
    this.#options = options;
  }

  onSchemaLoadOrUpdate(listener: GatewaySchemaLoadOrUpdateCallback): GatewayUnsubscriber {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async load(): Promise<GatewayLoadResult> {
    const { supergraphSdl, subgraph } = this.#options;
    const model = readSupergraph(supergraphSdl);
    for (const { name, url } of model.subgraphs) this.#senders.set(name, subgraph(name, url));
    for (const listener of this.#listeners) listener({ apiSchema: model.schema, coreSupergraphSdl: supergraphSdl });
    const planner = new Planner(model);
    const guard = this.#options.guard?.(parse(supergraphSdl, { noLocation: true }), model.schema);
    return { executor: (request) => this.#execute(request, { model, planner, guard }) };
  }

  async stop(): Promise<void> {}

  /** The program that was made of an operation for some viewers, by the keys that stand for them; nothing if none was. */
  programMade(key: string, viewers: string): CompiledProgram | undefined {
    return this.#programs.get(`${key} ${viewers}`);
  }

  /** Sends operations to subgraphs for the request of a context. */
  send(context: Context): Surroundings['send'] {
    return (service, operation, variables) => this.#sender(service)(operation, variables, context);
  }

  #sender(service: string): SendToSubgraph<Context> {
    const send = this.#senders.get(service);
    if (!send) throw new Error(`The supergraph has no subgraph "${service}"`);
    return send;
  }

  async #execute(
    { request, queryHash, document, context, overallCachePolicy }: GatewayGraphQLRequestContext,
    { model, planner, guard }: Loaded<Context>,
  ): Promise<GatewayExecutionResult> {
    const { operationName, variables = {}, http } = request;
    const key = operationKey(queryHash, operationName);
    try {
      const admitted = guard?.({ key, document, operationName, variables, context: context as Context });
      if (admitted?.caching) overallCachePolicy.restrict(admitted.caching);
      const program = this.#programFor(`${key} ${admitted?.key ?? ''}`, () =>
        programOf(document, operationName, model, planner, admitted?.withhold),
      );
      const watch = this.#options.watch?.(context as Context);
      watch?.planned(program.program.fetches);
      const { data, errors } = await execute(program, variables, {
        send: watchedSend(this.send(context as Context), watch),
        introspect: (operation, values) => introspect(model, operation, values),
        ...(this.#options.bounds && { bounds: this.#options.bounds }),
      });
      const showPlan = this.#options.showPlans && http?.headers.get('apollo-query-plan-experimental');
      return {
        data,
        ...(errors.length > 0 && { errors }),
        ...(showPlan && { extensions: planExtension(planOf(document, operationName, model, planner)) }),
      };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  }

  #programFor(key: string, make: () => ConstructorParameters<typeof CompiledProgram>[0]): CompiledProgram {
    const known = this.#programs.get(key);
    if (known) return known;
    const program = make();
    const compiled = new CompiledProgram(program);
    this.#programs.set(key, compiled, { size: JSON.stringify(program).length });
    return compiled;
  }
}

/** What is there once a supergraph has been read. */
interface Loaded<Context> {
  model: SupergraphModel;
  planner: Planner;
  guard: Guard<Context> | undefined;
}

/** Stands for one operation of a document, by the SHA-256 of its text. */
export function operationKey(queryHash: string, operationName: string | undefined): string {
  return `${queryHash} ${operationName}`;
}

function introspect(
  { schema }: SupergraphModel,
  operation: string,
  variableValues: Readonly<Record<string, unknown>>,
): Entity {
  const { data } = executeSync({ schema, document: parse(operation), variableValues });
  return data ?? {};
}

/** The plan, as Apollo's explorer asks for it. */
function planExtension(plan: ReturnType<typeof planOf>) {
  return { __queryPlanExperimental: plan.node ? prettyFormatQueryPlan(plan) : true };
}
