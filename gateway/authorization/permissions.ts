import type { Viewer } from '#platform/graphql/viewer.ts';
import type { Requirement } from './requirement.ts';

/** Returns whether a viewer satisfies a policy; the viewer is undefined for an anonymous request. */
export type Policy = (viewer: Viewer | undefined) => boolean;

/** Policies by their names in `@policy`. */
export type Policies = Readonly<Record<string, Policy>>;

/** One digit for each of an operation's requirements: `1` if the viewer satisfies it, else `0`. */
export type PermissionKey = string;

/** Returns the viewer's permissions: equal for all viewers who may see the same fields of an operation. */
export function permissionKey(
  requirements: Requirement[],
  viewer: Viewer | undefined,
  policies: Policies,
): PermissionKey {
  return requirements.map((each) => Number(satisfiesRequirement(each, viewer, policies))).join('');
}

/** Whether a viewer satisfies a requirement. An undefined policy is never satisfied. */
export function satisfiesRequirement(
  requirement: Requirement,
  viewer: Viewer | undefined,
  policies: Policies,
): boolean {
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
