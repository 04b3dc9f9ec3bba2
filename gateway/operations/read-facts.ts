import type { DocumentNode, GraphQLSchema } from 'graphql';
import { Authorization } from '../authorization/authorization.ts';
import type { PermissionKey } from '../authorization/permissions.ts';
import { cacheHints } from '../caching/cache-hints.ts';
import { type CachingRules, operationCachePolicy } from '../caching/operation-caching.ts';
import { fragmentsIn, operationOfDocument, selectOperation, type Withhold } from '../engine/plan/make-program.ts';
import { costHints } from '../limits/cost-hints.ts';
import type { Limits } from '../limits/limits.ts';
import { type CostRules, operationCost } from '../limits/operation-cost.ts';
import type { OperationFacts } from './operation-facts.ts';

export type FactRules = Pick<Limits, 'assumedListSize'>;

/** Derives operations' costs, requirements and cache policies from a supergraph's directives. */
export class FactReader {
  readonly #authorization: Authorization;
  readonly #costRules: CostRules;
  readonly #cachingRules: CachingRules;

  /** `schema` is the API schema. */
  constructor(supergraph: DocumentNode, schema: GraphQLSchema, { assumedListSize }: FactRules) {
    this.#authorization = new Authorization(supergraph, schema);
    this.#costRules = { schema, hints: costHints(supergraph), assumedListSize };
    this.#cachingRules = { schema, hints: cacheHints(supergraph) };
  }

  /** Returns the facts of one operation of a valid document; throws a GraphQLError if there is no such operation. */
  of(document: DocumentNode, operationName?: string): OperationFacts {
    const single = selectOperation(document, operationName);
    const operation = operationOfDocument(single);
    const fragments = fragmentsIn(single);
    const requirements = this.#authorization.requirementsOf(operation, fragments);
    const caching = operationCachePolicy(operation, fragments, this.#cachingRules);
    return {
      cost: operationCost(operation, fragments, this.#costRules),
      requirements,
      // Viewer-dependent responses are private.
      caching: requirements.length > 0 ? { ...caching, scope: 'PRIVATE' } : caching,
    };
  }

  /** Returns the function that finds fields withheld from viewers with these permissions. */
  withholdUnmet({ requirements }: OperationFacts, permissions: PermissionKey): Withhold {
    return this.#authorization.withholdUnmet(requirements, permissions);
  }
}
