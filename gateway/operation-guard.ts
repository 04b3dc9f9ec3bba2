import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Viewer } from '#platform/viewer.ts';
import { Authorization, type Permissions } from './authorization/authorization.ts';
import type { Policies } from './authorization/permissions.ts';
import type { Requirement } from './authorization/requirements.ts';
import { fragmentsIn, onlyOperation, operationIn } from './engine/plan/program-of.ts';
import { SizedCache } from './engine/sized-cache.ts';
import { costHints } from './limits/cost-hints.ts';
import type { Limits } from './limits/limits.ts';
import { type CostNode, type CostRules, costOf, estimate } from './limits/operation-cost.ts';

export interface GuardOptions {
  supergraph: DocumentNode;
  /** The schema that clients see. */
  schema: GraphQLSchema;
  policies: Policies;
  limits: Pick<Limits, 'cost' | 'assumedListSize'>;
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

interface Facts {
  requirements: Requirement[];
  cost: CostNode;
}

/** Operations whose facts are kept. */
const MAX_KNOWN = 1_000;

/** Stands before the planner: refuses what costs too much, and says what the viewer may see of the rest. */
export class OperationGuard {
  readonly #authorization: Authorization;
  readonly #costRules: CostRules;
  readonly #maxCost: number;
  readonly #known = new SizedCache<Facts>(MAX_KNOWN);

  constructor({ supergraph, schema, policies, limits }: GuardOptions) {
    this.#authorization = new Authorization(supergraph, schema, policies);
    this.#costRules = { schema, hints: costHints(supergraph), assumedListSize: limits.assumedListSize };
    this.#maxCost = limits.cost;
  }

  /** Throws a GraphQLError if the operation costs too much with these variables. */
  admit(request: GuardedRequest): Permissions {
    const { requirements, cost } = this.#factsOf(request);
    const estimated = estimate(cost, request.variables);
    if (estimated > this.#maxCost) throw tooCostly(estimated, this.#maxCost);
    return this.#authorization.permissions(requirements, request.viewer);
  }

  #factsOf({ key, document, operationName }: GuardedRequest): Facts {
    const known = this.#known.get(key);
    if (known) return known;
    const single = onlyOperation(document, operationName);
    const operation = operationIn(single);
    const fragments = fragmentsIn(single);
    const requirements = this.#authorization.requirementsOf(operation, fragments);
    const facts = { requirements, cost: costOf(operation, fragments, this.#costRules) };
    this.#known.set(key, facts, 1);
    return facts;
  }
}

function tooCostly(estimated: number, maximum: number): GraphQLError {
  const [asked, allowed] = [estimated, maximum].map((each) => Math.round(each).toLocaleString('en'));
  return new GraphQLError(`The operation may cost ${asked}: at most ${allowed} is allowed. Ask for shorter lists.`, {
    extensions: { code: 'OPERATION_TOO_COSTLY', limit: 'cost', estimated, maximum, http: { status: 400 } },
  });
}
