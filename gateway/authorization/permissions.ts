import type { Viewer } from '#platform/graphql/viewer.ts';
import type { Requirement } from './requirement.ts';

/** Decides whether a viewer, or nobody, meets a policy. */
export type Policy = (viewer: Viewer | undefined) => boolean;

/** The policies that `@policy` names. */
export type Policies = Readonly<Record<string, Policy>>;

/** Which requirements a viewer, or nobody, meets: a digit for each, `1` for one that is met. */
export type PermissionKey = string;

/** The same for all viewers who may see the same of an operation on which these requirements bear. */
export function permissionKey(
  requirements: Requirement[],
  viewer: Viewer | undefined,
  policies: Policies,
): PermissionKey {
  return requirements.map((each) => Number(meets(each, viewer, policies))).join('');
}

/** Whether a viewer meets a requirement. A policy that nobody wrote is met by nobody. */
export function meets(requirement: Requirement, viewer: Viewer | undefined, policies: Policies): boolean {
  switch (requirement.kind) {
    case 'authenticated':
      return viewer !== undefined;
    case 'scopes':
      return anyList(requirement.anyOf, (scope) => viewer?.scopes.includes(scope) ?? false);
    case 'policies':
      return anyList(requirement.anyOf, (name) => (Object.hasOwn(policies, name) && policies[name]?.(viewer)) || false);
  }
}

function anyList(lists: string[][], holds: (item: string) => boolean): boolean {
  return lists.some((list) => list.every(holds));
}
