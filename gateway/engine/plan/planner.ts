import { operationFromDocument } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { SupergraphModel } from './supergraph.ts';

/** How many ways to reach one field are weighed before an operation is refused: time grows with them exponentially. */
const MAX_PATHS = 1_000;
/** How many plans are weighed before the best so far is taken. */
const MAX_PLANS = 200;

/** What the planner itself says when it gives up on an operation. */
const TOO_COMPLEX = [/^Too many options generated/, /^Exceeded maximum recursive selections/, /non-local selections/i];

/** Apollo's planner over one supergraph, made when it is first needed: to make it takes a while. */
export class Planner {
  readonly #model: SupergraphModel;
  #planner: QueryPlanner | undefined;

  constructor(model: SupergraphModel) {
    this.#model = model;
  }

  /** Plans a valid operation. Throws a GraphQLError if that would take too long. */
  plan(document: DocumentNode): QueryPlan {
    const operation = operationFromDocument(this.#model.apiSchema, document, { validate: false });
    try {
      return this.#ready().buildQueryPlan(operation);
    } catch (error) {
      if (error instanceof Error && TOO_COMPLEX.some((reason) => reason.test(error.message))) throw tooComplex();
      throw error;
    }
  }

  #ready(): QueryPlanner {
    this.#planner ??= new QueryPlanner(this.#model.supergraph, {
      exposeDocumentNodeInFetchNode: true,
      // Named fragments would have to be renamed where fetches are merged.
      reuseQueryFragments: false,
      debug: { pathsLimit: MAX_PATHS, maxEvaluatedPlans: MAX_PLANS },
    });
    return this.#planner;
  }
}

function tooComplex(): GraphQLError {
  return new GraphQLError('The operation is too complex to be planned: ask for less at a time.', {
    extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400 } },
  });
}
