import {
  type DocumentNode,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { cacheBound } from '#platform/cache-bound.ts';
import { loadedOnce } from '#platform/loaded-once.ts';
import { Planner } from '../engine/plan/planner.ts';
import { readSupergraph } from '../engine/plan/supergraph.ts';
import type { ApolloPlugins, ApolloRoad } from './apollo-server.ts';
import { OnDemandOperation, type PlanningGraph } from './on-demand-operation.ts';
import type { Operation, OperationKey, OperationPlanner } from './operation.ts';
import { FactReader, type FactRules } from './read-facts.ts';
import { Refusal, withCode } from './refusal.ts';
import type { RunProgram } from './run-program.ts';

export interface PlannedOnDemandOptions {
  /** SDL text. */
  supergraphSdl: string;
  /** SDL of the API that clients see, where the build has written it. */
  apiSdl?: string | undefined;
  run: RunProgram;
  /** Undefined: operations are run for everybody, at any cost. */
  factRules?: FactRules;
  /** Whether clients may ask for the schema and for the plan of an operation. */
  introspection: boolean;
  /** Plugins of Apollo Server; with any, every run of an operation goes through it. */
  plugins?: ApolloPlugins;
}

/** Characters of texts and programs that are kept. Compiled they take up to 18 times as many bytes: 90 MB. */
const MAX_KEPT = 5_000_000;

/** Operations that are planned when they are first asked for, over one supergraph, and kept. */
export class PlannedOnDemand implements OperationPlanner {
  readonly #graph: PlanningGraph;
  readonly #introspection: boolean;
  readonly #alwaysThroughApollo: boolean;
  readonly #road: () => Promise<ApolloRoad>;
  readonly #kept = new LRUCache<string, OnDemandOperation>({
    maxSize: cacheBound(MAX_KEPT),
    sizeCalculation: ({ size }) => size,
  });

  /** Throws an error that names what is wrong with the supergraph. */
  constructor({ supergraphSdl, apiSdl, run, factRules, introspection, plugins = [] }: PlannedOnDemandOptions) {
    const model = readSupergraph(supergraphSdl, { apiSdl });
    const { schema, document } = model;
    const facts = factRules && new FactReader(document, schema, factRules);
    this.#graph = { model, planner: new Planner(model), facts, showPlans: introspection, run };
    this.#introspection = introspection;
    this.#alwaysThroughApollo = plugins.length > 0;
    this.#road = loadedOnce(async () => {
      const { apolloRoad } = await import('./apollo-server.ts');
      return apolloRoad({ schema, supergraphSdl, plugins });
    });
  }

  /** The API that clients see. */
  get schema(): GraphQLSchema {
    return this.#graph.model.schema;
  }

  /** Returns an operation that was asked for before. */
  kept(key: OperationKey): Operation | undefined {
    return this.#kept.get(cacheKey(key));
  }

  /**
   * Returns the operation of a document that was read, to be run through Apollo Server this time. Throws a Refusal or a
   * GraphQLError for one that is not valid.
   */
  add(key: OperationKey, text: string, document: DocumentNode): Operation {
    this.#validate(document);
    const operation = new OnDemandOperation(text, document, key.operationName, this.#graph);
    operation.onPlanned = () => this.#keep(key, operation);
    const { kind, facts } = operation;
    return {
      kind,
      facts,
      usage: () => operation.usage(),
      run: async (request, met) => {
        const road = await this.#road();
        const result = await road(request, { key, text, document }, () => operation.execute(request, met));
        return { ...result, ...operation.planExtension(request) };
      },
    };
  }

  #keep(key: OperationKey, operation: OnDemandOperation): void {
    if (this.#alwaysThroughApollo) return;
    // A size is read anew only for an entry that is new.
    this.#kept.delete(cacheKey(key));
    this.#kept.set(cacheKey(key), operation);
  }

  #validate(document: DocumentNode): void {
    const rules = this.#introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    // A client that may not read the schema gets no suggestions from it either.
    const errors = validate(this.schema, document, rules, { hideSuggestions: !this.#introspection });
    if (errors.length > 0) throw new Refusal(errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
  }
}

function cacheKey({ id, operationName }: OperationKey): string {
  return `${id} ${operationName ?? ''}`;
}
