import { operationFromDocument } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { SupergraphModel } from './supergraph.ts';

/** Maximum number of paths considered for one field before the operation is rejected: planning time grows exponentially. */
const MAX_PATHS = 1_000;
/** Maximum number of plans compared before the best so far is used. */
const MAX_PLANS = 200;

/** Messages of the planner when it gives up on an operation. */
const TOO_COMPLEX = [/^Too many options generated/, /^Exceeded maximum recursive selections/, /non-local selections/i];

/** Message of the planner's fault with `@defer` around an `@interfaceObject` whose runtime type another subgraph has. */
const DEFER_FAULT = /cannot have a top-level deferRef/;

/** The planner cannot plan the operation with its `@defer`. */
export class DeferNotPlanned extends Error {
  override name = 'DeferNotPlanned';
}

/** Apollo's query planner for one supergraph, created on first use because that is slow. */
export class Planner {
  readonly #model: SupergraphModel;
  #planner: QueryPlanner | undefined;

  constructor(model: SupergraphModel) {
    this.#model = model;
  }

  /** Plans a valid operation. Throws a GraphQLError if it is too complex, and DeferNotPlanned. */
  plan(document: DocumentNode): QueryPlan {
    const operation = operationFromDocument(this.#model.apiSchema, document, { validate: false });
    try {
      return this.#ready().buildQueryPlan(operation);
    } catch (error) {
      if (error instanceof Error && TOO_COMPLEX.some((reason) => reason.test(error.message))) throw tooComplex();
      if (error instanceof Error && DEFER_FAULT.test(error.message)) throw new DeferNotPlanned(error.message);
      throw error;
    }
  }

  #ready(): QueryPlanner {
    this.#planner ??= new QueryPlanner(this.#model.supergraph, {
      exposeDocumentNodeInFetchNode: true,
      // Merged fetches would need their named fragments renamed.
      reuseQueryFragments: false,
      incrementalDelivery: { enableDefer: true },
      debug: { pathsLimit: MAX_PATHS, maxEvaluatedPlans: MAX_PLANS },
    });
    return this.#planner;
  }
}

function tooComplex(): GraphQLError {
  return new GraphQLError('The operation is too complex to plan. Select fewer fields.', {
    extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400 } },
  });
}
