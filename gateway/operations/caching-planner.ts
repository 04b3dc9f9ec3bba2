import {
  type DocumentNode,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { cacheBound } from '#platform/cache-bound.ts';
import { loadOnce } from '#platform/load-once.ts';
import { Planner } from '../engine/plan/planner.ts';
import { readSupergraph } from '../engine/plan/supergraph.ts';
import type { ApolloExecutor, ApolloPlugins } from './apollo-server.ts';
import { DeferRule } from './defer-rule.ts';
import { LazyOperation, type PlanningGraph } from './lazy-operation.ts';
import type { Operation, OperationKey, OperationPlanner } from './operation.ts';
import { FactReader, type FactRules } from './read-facts.ts';
import { Refusal, withCode } from './refusal.ts';
import type { RunProgram } from './run-program.ts';

export interface CachingPlannerOptions {
  supergraphSdl: string;
  /** SDL of the API schema, if the build has written it. */
  apiSdl?: string | undefined;
  run: RunProgram;
  /** Undefined if operations run without restrictions. */
  factRules?: FactRules;
  /** Whether clients may request the schema and query plans. */
  introspection: boolean;
  /** With any plugins, Apollo Server runs every operation. */
  plugins?: ApolloPlugins;
}

/** Maximum size of the cache in characters of texts and programs; compiled, they take up to 18 times as many bytes: 90 MB. */
const MAX_CACHED_CHARACTERS = 5_000_000;

/** Plans operations of one supergraph on their first run, and caches them with their programs. */
export class CachingPlanner implements OperationPlanner {
  readonly #graph: PlanningGraph;
  readonly #introspection: boolean;
  readonly #hasPlugins: boolean;
  readonly #apolloExecutor: () => Promise<ApolloExecutor>;
  readonly #cache = new LRUCache<string, LazyOperation>({
    maxSize: cacheBound(MAX_CACHED_CHARACTERS),
    sizeCalculation: ({ size }) => size,
  });

  /** Throws InvalidSupergraph. */
  constructor({ supergraphSdl, apiSdl, run, factRules, introspection, plugins = [] }: CachingPlannerOptions) {
    const model = readSupergraph(supergraphSdl, { apiSdl });
    const { schema, document } = model;
    const facts = factRules && new FactReader(document, schema, factRules);
    this.#graph = { model, planner: new Planner(model), facts, showPlans: introspection, run };
    this.#introspection = introspection;
    this.#hasPlugins = plugins.length > 0;
    this.#apolloExecutor = loadOnce(async () => {
      const { createApolloExecutor } = await import('./apollo-server.ts');
      return createApolloExecutor({ schema, supergraphSdl, plugins });
    });
  }

  /** The API schema. */
  get schema(): GraphQLSchema {
    return this.#graph.model.schema;
  }

  cached(key: OperationKey): Operation | undefined {
    return this.#cache.get(cacheKey(key));
  }

  /**
   * Validates a parsed document and returns its operation. The first run goes through Apollo Server. Throws a Refusal or a
   * GraphQLError if the document is not valid.
   */
  add(key: OperationKey, text: string, document: DocumentNode): Operation {
    this.#validate(document);
    const operation = new LazyOperation(text, document, key.operationName, this.#graph);
    operation.onPlanned = () => this.#store(key, operation);
    // Apollo Server does not run subscriptions.
    if (operation.kind === 'subscription') return operation;
    const { kind, facts, documentName } = operation;
    return {
      kind,
      facts,
      documentName,
      usage: () => operation.usage(),
      run: (request, permissions) =>
        operation.withPlan(request, async () => {
          const execute = await this.#apolloExecutor();
          return execute(request, { key, text, document }, () => operation.execute(request, permissions));
        }),
    };
  }

  #store(key: OperationKey, operation: LazyOperation): void {
    if (this.#hasPlugins && operation.kind !== 'subscription') return;
    // The cache reads the size only of new entries.
    this.#cache.delete(cacheKey(key));
    this.#cache.set(cacheKey(key), operation);
  }

  #validate(document: DocumentNode): void {
    const rules = [...specifiedRules, DeferRule, ...(this.#introspection ? [] : [NoSchemaIntrospectionCustomRule])];
    // Suggestions would reveal parts of the schema.
    const errors = validate(this.schema, document, rules, { hideSuggestions: !this.#introspection });
    if (errors.length > 0) throw new Refusal(errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
  }
}

function cacheKey({ id, operationName }: OperationKey): string {
  return `${id} ${operationName ?? ''}`;
}
