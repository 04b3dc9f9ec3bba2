import { GraphQLError } from 'graphql/error/index.js';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { type PermissionKey, type Policies, permissionKey } from '../authorization/permissions.ts';
import type { Requirement } from '../authorization/requirement.ts';
import type { CachePolicy } from '../caching/cache-policy.ts';
import { type CostNode, estimateCost } from '../limits/estimate-cost.ts';

/** Facts of an operation that hold whoever asks for it: plain data, from its text and the schema. */
export interface OperationFacts {
  cost: CostNode;
  /** What viewers need to see all of it. */
  requirements: Requirement[];
  caching: CachePolicy;
}

export interface AdmissionRules {
  /** The most that an operation may cost. */
  maxCost: number;
  policies: Policies;
}

/** Returns which requirements the viewer meets. Throws a GraphQLError if the operation costs too much with these variables. */
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
  const [asked, allowed] = [estimated, maximum].map((each) => Math.round(each).toLocaleString('en'));
  return new GraphQLError(`The operation may cost ${asked}: at most ${allowed} is allowed. Ask for shorter lists.`, {
    extensions: { code: 'OPERATION_TOO_COSTLY', limit: 'cost', estimated, maximum, http: { status: 400 } },
  });
}
