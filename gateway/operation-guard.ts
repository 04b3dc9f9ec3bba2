import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '#platform/viewer.ts';
import { Authorization } from './authorization/authorization.ts';
import type { PermissionKey, Policies } from './authorization/permissions.ts';
import { cacheHints } from './caching/cache-hints.ts';
import { type CachingRules, cachingOf } from './caching/operation-caching.ts';
import { fragmentsIn, onlyOperation, operationIn, type Withhold } from './engine/plan/program-of.ts';
import { costHints } from './limits/cost-hints.ts';
import type { Limits } from './limits/limits.ts';
import { type CostRules, costOf } from './limits/operation-cost.ts';
import { type AdmissionRules, admit, type OperationFacts } from './operation-facts.ts';

export interface GuardOptions {
  supergraph: DocumentNode;
  /** The schema that clients see. */
  schema: GraphQLSchema;
  policies: Policies;
  limits: Pick<Limits, 'cost' | 'assumedListSize' | 'representations' | 'calls'>;
}

/** A valid operation that somebody wants to run. */
export interface GuardedRequest {
  /** The same for the same document and operation name. */
  key: string;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  viewer: Viewer | undefined;
}

/** An operation that may run, in part or whole. */
export interface Admitted {
  /** The same for all viewers who may see the same of the operation. */
  key: PermissionKey;
  withhold: Withhold;
  facts: OperationFacts;
}

/** Characters of JSON of all facts that are kept: those of a few thousand usual operations. */
const MAX_KNOWN = 5_000_000;

/** Stands before the planner: refuses what costs too much, and says what the viewer may see of the rest. */
export class OperationGuard {
  readonly #authorization: Authorization;
  readonly #costRules: CostRules;
  readonly #cachingRules: CachingRules;
  readonly #admission: AdmissionRules;
  readonly #known = new LRUCache<string, OperationFacts>({ maxSize: MAX_KNOWN });

  constructor({ supergraph, schema, policies, limits }: GuardOptions) {
    this.#authorization = new Authorization(supergraph, schema);
    this.#costRules = { schema, hints: costHints(supergraph), assumedListSize: limits.assumedListSize };
    this.#cachingRules = { schema, hints: cacheHints(supergraph) };
    this.#admission = { maxCost: limits.cost, policies };
  }

  /** Throws a GraphQLError if the operation costs too much with these variables. */
  admit(request: GuardedRequest): Admitted {
    const facts = this.#factsOfRequest(request);
    const key = admit(facts, request, this.#admission);
    return { key, withhold: this.withholding(facts, key), facts };
  }

  /** The facts of an operation that has been admitted before, by its key. */
  knownFacts(key: string): OperationFacts | undefined {
    return this.#known.get(key);
  }

  /** What of an operation is kept from those who meet these of its requirements. */
  withholding({ requirements }: OperationFacts, met: PermissionKey): Withhold {
    return this.#authorization.withholding(requirements, met);
  }

  /** The facts of the operation of a valid document; throws a GraphQLError if it has no such operation. */
  factsOf(document: DocumentNode, operationName?: string): OperationFacts {
    const single = onlyOperation(document, operationName);
    const operation: OperationDefinitionNode = operationIn(single);
    const fragments = fragmentsIn(single);
    const requirements = this.#authorization.requirementsOf(operation, fragments);
    const caching = cachingOf(operation, fragments, this.#cachingRules);
    return {
      cost: costOf(operation, fragments, this.#costRules),
      requirements,
      // What is answered by who asks is for nobody else.
      caching: requirements.length > 0 ? { ...caching, scope: 'PRIVATE' } : caching,
    };
  }

  #factsOfRequest({ key, document, operationName }: GuardedRequest): OperationFacts {
    const known = this.#known.get(key);
    if (known) return known;
    const facts = this.factsOf(document, operationName);
    this.#known.set(key, facts, { size: JSON.stringify(facts).length });
    return facts;
  }
}
