import type { Viewer } from '#platform/viewer.ts';
import type { Requirement } from './requirements.ts';

/** Decides whether a viewer, or nobody, meets a policy. */
export type Policy = (viewer: Viewer | undefined) => boolean;

/** The policies that `@policy` names. */
export type Policies = Readonly<Record<string, Policy>>;

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
