import { GraphQLError } from 'graphql/error/index.js';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { type PermissionKey, type Policies, permissionKey } from '../authorization/permissions.ts';
import type { Requirement } from '../authorization/requirement.ts';
import type { CachePolicy } from '../caching/cache-policy.ts';
import { type CostNode, estimateCost } from '../limits/estimate-cost.ts';

/** Viewer-independent facts of an operation, as JSON-serializable data. */
export interface OperationFacts {
  cost: CostNode;
  /** Requirements that a viewer must satisfy to see every field. */
  requirements: Requirement[];
  caching: CachePolicy;
}

export interface AdmissionRules {
  /** Maximum cost of an operation. */
  maxCost: number;
  policies: Policies;
}

/** Returns the viewer's permissions. Throws a GraphQLError if the operation costs too much with these variables. */
export function admit(
  { cost, requirements }: OperationFacts,
  { variables, viewer }: { variables: Record<string, unknown>; viewer: Viewer | undefined },
  { maxCost, policies }: AdmissionRules,
): PermissionKey {
  const estimated = estimateCost(cost, variables);
  if (estimated > maxCost) throw tooCostly(estimated, maxCost);
  return permissionKey(requirements, viewer, policies);
}

function tooCostly(estimated: number, maximum: number): GraphQLError {
  const [cost, limit] = [estimated, maximum].map((each) => Math.round(each).toLocaleString('en'));
  return new GraphQLError(
    `The operation has an estimated cost of ${cost}, more than the maximum of ${limit}. Request shorter lists.`,
    {
      extensions: { code: 'OPERATION_TOO_COSTLY', limit: 'cost', estimated, maximum, http: { status: 400 } },
    },
  );
}
